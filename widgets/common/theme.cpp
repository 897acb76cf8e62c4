#include "widgets/common/theme.h"

#include <QApplication>
#include <QFont>
#include <QPalette>
#include <QProxyStyle>
#include <QStyle>

#include <utility>

namespace lamina {
namespace {

const ThemeColours& lightColours() {
    static const ThemeColours colours{
        .window = QColor(0xf5f6f8), .surface = QColor(0xffffff), .raised = QColor(0xeceff3), .border = QColor(0xd3d8df),
        .text = QColor(0x1c2430), .mutedText = QColor(0x5b6675),
        .accent = QColor(0x1f6feb), .accentText = QColor(0xffffff), .accentSoft = QColor(0xdce9ff),
        .good = QColor(0x1a7f4b), .warning = QColor(0x9a6200), .bad = QColor(0xc6303e),
        .grid = QColor(0xe3e7ec),
        .series = {QColor(0x0072b2), QColor(0xd55e00), QColor(0x009e73), QColor(0xb3589a), QColor(0x9a7b00), QColor(0x3a9bd0), QColor(0x6b4fa0), QColor(0x4d5866)}};
    return colours;
}

const ThemeColours& darkColours() {
    static const ThemeColours colours{
        .window = QColor(0x1b1f26), .surface = QColor(0x232932), .raised = QColor(0x2d343f), .border = QColor(0x3b4451),
        .text = QColor(0xe7ebf0), .mutedText = QColor(0xa3aebb),
        .accent = QColor(0x4c8dff), .accentText = QColor(0x0b1526), .accentSoft = QColor(0x27406b),
        .good = QColor(0x4cc38a), .warning = QColor(0xe5b045), .bad = QColor(0xff7a7f),
        .grid = QColor(0x343c48),
        .series = {QColor(0x56b4e9), QColor(0xe69f00), QColor(0x2fd0a5), QColor(0xe28cc6), QColor(0xf0e442), QColor(0x7aa5ff), QColor(0xb69cf0), QColor(0xb8c2cf)}};
    return colours;
}

bool& darkInUse() {
    static bool dark = false;
    return dark;
}

/// Before a palette of our own is set, the application has the desktop's.
bool desktopIsDark() {
    static const bool dark = [] {
        const QPalette palette = QApplication::style()->standardPalette();
        const QPalette desktop = qApp->palette();
        return desktop.color(QPalette::Window).lightness() < 128 || palette.color(QPalette::Window).lightness() < 128;
    }();
    return dark;
}

QPalette paletteOf(const ThemeColours& c) {
    QPalette palette;
    palette.setColor(QPalette::Window, c.window);
    palette.setColor(QPalette::WindowText, c.text);
    palette.setColor(QPalette::Base, c.surface);
    palette.setColor(QPalette::AlternateBase, c.window);
    palette.setColor(QPalette::Text, c.text);
    palette.setColor(QPalette::PlaceholderText, c.mutedText);
    palette.setColor(QPalette::Button, c.surface);
    palette.setColor(QPalette::ButtonText, c.text);
    palette.setColor(QPalette::BrightText, c.bad);
    palette.setColor(QPalette::ToolTipBase, c.raised);
    palette.setColor(QPalette::ToolTipText, c.text);
    palette.setColor(QPalette::Highlight, c.accent);
    palette.setColor(QPalette::HighlightedText, c.accentText);
    palette.setColor(QPalette::Link, c.accent);
    palette.setColor(QPalette::LinkVisited, c.accent);
    palette.setColor(QPalette::Light, c.raised);
    palette.setColor(QPalette::Midlight, c.raised);
    palette.setColor(QPalette::Mid, c.border);
    palette.setColor(QPalette::Dark, c.border);
    palette.setColor(QPalette::Shadow, c.border.darker(150));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        QColor faded = c.mutedText;
        faded.setAlphaF(0.6F);
        palette.setColor(QPalette::Disabled, role, faded);
    }
    palette.setColor(QPalette::Disabled, QPalette::Highlight, c.border);
    return palette;
}

QString styleSheet(const ThemeColours& c) {
    QString sheet = QStringLiteral(R"(
QToolTip { background: @raised; color: @text; border: 1px solid @border; padding: 4px 6px; }
QLabel[heading="true"] { font-size: 17pt; font-weight: 600; }
QLabel[section="true"] { font-size: 11pt; font-weight: 600; }
QLabel[muted="true"] { color: @mutedText; }
QLabel[tone="good"] { color: @good; }
QLabel[tone="warning"] { color: @warning; }
QLabel[tone="bad"] { color: @bad; }
QFrame[card="true"] { background: @surface; border: 1px solid @border; border-radius: 8px; }
QPushButton { background: @surface; border: 1px solid @border; border-radius: 6px; padding: 6px 14px; min-height: 18px; }
QPushButton:hover { background: @raised; }
QPushButton:pressed, QPushButton:checked { background: @accentSoft; border-color: @accent; }
QPushButton:focus { border-color: @accent; }
QPushButton:disabled { color: @mutedText; background: @window; }
QPushButton[primary="true"] { background: @accent; color: @accentText; border-color: @accent; font-weight: 600; }
QPushButton[primary="true"]:hover { background: @accentHover; }
QPushButton[primary="true"]:focus { border: 2px solid @text; padding: 5px 13px; }
QPushButton[primary="true"]:disabled { background: @raised; color: @mutedText; border-color: @border; }
QPushButton[flat="true"] { background: transparent; border-color: transparent; }
QPushButton[flat="true"]:hover { background: @raised; }
QPushButton[flat="true"]:checked { background: @accentSoft; }
QPushButton[flat="true"]:focus { border-color: @accent; }
QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 4px; }
QToolButton:hover { background: @raised; }
QToolButton:checked { background: @accentSoft; }
QToolButton:focus { border-color: @accent; }
QToolButton::menu-indicator { image: none; }
QLineEdit, QPlainTextEdit, QTextEdit { background: @surface; border: 1px solid @border; border-radius: 6px; padding: 4px 6px; selection-background-color: @accent; selection-color: @accentText; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border-color: @accent; }
QAbstractItemView { background: @surface; border: 1px solid @border; border-radius: 6px; outline: 0; selection-background-color: @accentSoft; selection-color: @text; }
QAbstractItemView:focus { border-color: @accent; }
QHeaderView { border: none; }
QHeaderView::section { background: @window; color: @text; border: none; border-right: 1px solid @border; border-bottom: 1px solid @border; padding: 5px 8px; }
QTableView { gridline-color: @grid; }
QTableCornerButton::section { background: @window; border: none; border-bottom: 1px solid @border; border-right: 1px solid @border; }
QSplitter::handle { background: @window; }
QSplitter::handle:hover { background: @accentSoft; }
QScrollArea { border: none; background: transparent; }
QTabBar::tab { background: transparent; padding: 7px 14px; border: none; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { border-bottom-color: @accent; color: @text; }
QTabBar::tab:hover { background: @raised; }
QTabBar::tab:focus { color: @accent; }
QTabWidget::pane { border: none; border-top: 1px solid @border; }
QMenu { background: @surface; border: 1px solid @border; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: @accentSoft; color: @text; }
QMenu::item:disabled { color: @mutedText; }
QMenu::separator { height: 1px; background: @border; margin: 4px 8px; }
QMenuBar { background: @window; }
QMenuBar::item { padding: 5px 9px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected { background: @raised; }
QStatusBar::item { border: none; }
QCheckBox::indicator, QAbstractItemView::indicator { width: 14px; height: 14px; border: 1px solid @mutedText; border-radius: 3px; background: @surface; }
QCheckBox::indicator:hover, QCheckBox::indicator:focus { border-color: @accent; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked { background: @accent; border-color: @accent; image: url(:/icons/@tick.svg); }
QCheckBox::indicator:disabled { border-color: @border; background: @window; }
QCheckBox:focus { color: @accent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @border; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: @mutedText; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: @raised; border: none; border-radius: 4px; min-height: 8px; max-height: 8px; text-align: center; color: transparent; }
QProgressBar::chunk { background: @accent; border-radius: 4px; }
QGroupBox { border: 1px solid @border; border-radius: 8px; margin-top: 10px; padding-top: 8px; }
QGroupBox::title { subcontrol-origin: margin; left: 10px; padding: 0 4px; }
QDockWidget::title { background: @window; padding: 6px 8px; }
)");
    const std::pair<const char*, QColor> names[] = {
        {"@accentHover", c.accent.darker(110)}, {"@accentText", c.accentText}, {"@accentSoft", c.accentSoft}, {"@accent", c.accent},
        {"@mutedText", c.mutedText}, {"@window", c.window}, {"@surface", c.surface}, {"@raised", c.raised}, {"@border", c.border},
        {"@text", c.text}, {"@good", c.good}, {"@warning", c.warning}, {"@bad", c.bad}, {"@grid", c.grid}};
    for (const auto& [name, colour] : names) sheet.replace(QLatin1String(name), colour.name());
    sheet.replace(QLatin1String("@tick"), darkInUse() ? QLatin1String("tick_dark") : QLatin1String("tick_light"));
    return sheet;
}

/// Fusion, without the coloured pictures of its own on the buttons of questions.
class PlainButtons : public QProxyStyle {
public:
    PlainButtons() : QProxyStyle("Fusion") { setObjectName("lamina"); }
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* data) const override {
        return hint == SH_DialogButtonBox_ButtonsHaveIcons ? 0 : QProxyStyle::styleHint(hint, option, widget, data);
    }
};

}  // namespace

const ThemeColours& themeColours() { return darkInUse() ? darkColours() : lightColours(); }

bool darkTheme() { return darkInUse(); }

void applyTheme(ThemeChoice choice) {
    const bool dark = choice == ThemeChoice::Dark || (choice == ThemeChoice::System && desktopIsDark());
    darkInUse() = dark;
    static bool styled = false;
    if (!std::exchange(styled, true)) QApplication::setStyle(new PlainButtons);
    QFont font;
    // Chinese in Chinese shapes whatever the locale says (without a family list Qt falls back to Japanese ones).
    font.setFamilies({"Noto Sans", "Noto Sans CJK SC", "DejaVu Sans"});
    font.setPointSizeF(10);
    if (QApplication::font() != font) QApplication::setFont(font);
    QApplication::setPalette(paletteOf(themeColours()));
    qApp->setStyleSheet(styleSheet(themeColours()));
}

}  // namespace lamina
