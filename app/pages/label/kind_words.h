// What the Label page calls the things that are labelled: pictures, texts, rows, the steps of a series.
#pragma once

#include <QString>

namespace lamina {

enum class DeskKind;

enum class KindPhrase {
    Place,       ///< "%1 of 540 texts": of the number
    GoTo,        ///< %1, %2: which one it is, of how many
    Next,
    Previous,
    RightAsIs,   ///< %1: the key
    Shown,       ///< which of them are shown
    OfClass,
    OfPerson,
    Find,
    FindHint,    ///< in the empty field
    Gallery,
    Strip,
    ToggleStrip,
    JumpTitle,
    NotFound,    ///< %1: what was looked for
    Comment,     ///< what a comment is asked for with
    History,
    HistoryMenu,
    BadReason,   ///< why one is skipped
    Whole,       ///< keys label whole ones
    Beside,      ///< what stands beside them
    KeysTitle,
};

/// In the language in use. `number`: of KindPhrase::Place.
QString kindWords(KindPhrase phrase, DeskKind kind, int number = -1);
/// The same before it is translated, as a project keeps it.
const char* kindSource(KindPhrase phrase, DeskKind kind);

}  // namespace lamina
