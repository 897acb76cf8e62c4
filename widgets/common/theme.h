// Light and dark: the palette, the style sheet and the colours that charts and pictures use.
#pragma once

#include <QColor>
#include <QString>

#include <array>

namespace lamina {

enum class ThemeChoice { System, Light, Dark };

/// Colours that the palette has no role for. Those of one theme belong together: read them when painting, keep none.
struct ThemeColours {
    QColor window, surface, raised, border;  ///< page, card and field, hover, thin lines
    QColor text, mutedText;
    QColor accent, accentText, accentSoft;   ///< primary button, text on it, selected rows
    QColor good, warning, bad;
    QColor grid;                             ///< lines behind a chart
    /// Told apart with every kind of colour vision (Okabe and Ito, "Color Universal Design", 2008, adapted to both backgrounds).
    std::array<QColor, 8> series;
};

/// Of the theme in use. GUI thread.
const ThemeColours& themeColours();
bool darkTheme();

/// Sets style, palette, style sheet and font of the application; System asks the desktop (light where it says nothing).
/// Widgets get a QEvent::PaletteChange. GUI thread.
void applyTheme(ThemeChoice choice);

/// Style properties: markHeading(label) and so on; the style sheet does the rest.
class ThemeRole {
public:
    static constexpr const char* heading = "heading";  ///< true: the title of a page
    static constexpr const char* section = "section";  ///< true: the title of a part of a page
    static constexpr const char* muted = "muted";      ///< true: explaining text
    static constexpr const char* primary = "primary";  ///< true: the one button of a page
    static constexpr const char* card = "card";        ///< true: a framed part of a page
    static constexpr const char* flat = "flat";        ///< true: a button without a frame
    static constexpr const char* tone = "tone";        ///< "good", "warning", "bad"
};

}  // namespace lamina
