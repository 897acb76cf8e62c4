#include "app/pages/label/kind_words.h"

#include <QCoreApplication>

#include "app/pages/label/label_desk.h"

namespace lamina {

namespace {

constexpr const char* wordsContext = "KindWords";

/// By phrase, then by kind.
constexpr const char* kindPhrases[][4] = {
    {QT_TRANSLATE_N_NOOP("KindWords", "%1 of %Ln picture(s)"),
     QT_TRANSLATE_N_NOOP("KindWords", "%1 of %Ln text(s)"),
     QT_TRANSLATE_N_NOOP("KindWords", "%1 of %Ln row(s)"),
     QT_TRANSLATE_N_NOOP("KindWords", "%1 of %Ln series")},
    {QT_TRANSLATE_NOOP("KindWords", "Picture %1 of %2. Go to another one by its number or name"),
     QT_TRANSLATE_NOOP("KindWords", "Text %1 of %2. Go to another one by its number or name"),
     QT_TRANSLATE_NOOP("KindWords", "Row %1 of %2. Go to another one by its number"),
     QT_TRANSLATE_NOOP("KindWords", "The series")},
    {QT_TRANSLATE_NOOP("KindWords", "Next picture"),
     QT_TRANSLATE_NOOP("KindWords", "Next text"),
     QT_TRANSLATE_NOOP("KindWords", "Next row"),
     QT_TRANSLATE_NOOP("KindWords", "Next item")},
    {QT_TRANSLATE_NOOP("KindWords", "Previous picture"),
     QT_TRANSLATE_NOOP("KindWords", "Previous text"),
     QT_TRANSLATE_NOOP("KindWords", "Previous row"),
     QT_TRANSLATE_NOOP("KindWords", "Previous item")},
    {QT_TRANSLATE_NOOP("KindWords", "This picture is right as it is, also where nothing is on it (%1)"),
     QT_TRANSLATE_NOOP("KindWords", "This text is right as it is, also where nothing is marked in it (%1)"),
     QT_TRANSLATE_NOOP("KindWords", "This row is right as it is (%1)"),
     QT_TRANSLATE_NOOP("KindWords", "This series is right as it is, also where nothing is marked in it (%1)")},
    {QT_TRANSLATE_NOOP("KindWords", "Which pictures are shown"),
     QT_TRANSLATE_NOOP("KindWords", "Which texts are shown"),
     QT_TRANSLATE_NOOP("KindWords", "Which rows are shown"),
     QT_TRANSLATE_NOOP("KindWords", "Which items are shown")},
    {QT_TRANSLATE_NOOP("KindWords", "Pictures with a label of this class"),
     QT_TRANSLATE_NOOP("KindWords", "Texts with a label of this class"),
     QT_TRANSLATE_NOOP("KindWords", "Rows of this class"),
     QT_TRANSLATE_NOOP("KindWords", "Items with a label of this class")},
    {QT_TRANSLATE_NOOP("KindWords", "Pictures that this person labelled, checked or skipped"),
     QT_TRANSLATE_NOOP("KindWords", "Texts that this person labelled, checked or skipped"),
     QT_TRANSLATE_NOOP("KindWords", "Rows that this person labelled, checked or skipped"),
     QT_TRANSLATE_NOOP("KindWords", "Items that this person labelled, checked or skipped")},
    {QT_TRANSLATE_NOOP("KindWords", "Find pictures by name, comment or number"),
     QT_TRANSLATE_NOOP("KindWords", "Find texts by their words, comment or number"),
     QT_TRANSLATE_NOOP("KindWords", "Find rows by what stands in them, comment or number"),
     QT_TRANSLATE_NOOP("KindWords", "Find items by name, comment or number")},
    {QT_TRANSLATE_NOOP("KindWords", "Name, comment, number"),
     QT_TRANSLATE_NOOP("KindWords", "Words, comment, number"),
     QT_TRANSLATE_NOOP("KindWords", "Values, comment, number"),
     QT_TRANSLATE_NOOP("KindWords", "Name, comment, number")},
    {QT_TRANSLATE_NOOP("KindWords", "All pictures as a gallery, and back"),
     QT_TRANSLATE_NOOP("KindWords", "All texts as cards, and back"),
     QT_TRANSLATE_NOOP("KindWords", "All rows as cards, and back"),
     QT_TRANSLATE_NOOP("KindWords", "All items as cards, and back")},
    {QT_TRANSLATE_NOOP("KindWords", "Strip of pictures"),
     QT_TRANSLATE_NOOP("KindWords", "Strip of texts"),
     QT_TRANSLATE_NOOP("KindWords", "Strip of rows"),
     QT_TRANSLATE_NOOP("KindWords", "Strip of items")},
    {QT_TRANSLATE_NOOP("KindWords", "Show or hide the strip of pictures"),
     QT_TRANSLATE_NOOP("KindWords", "Show or hide the strip of texts"),
     QT_TRANSLATE_NOOP("KindWords", "Show or hide the strip of rows"),
     QT_TRANSLATE_NOOP("KindWords", "Show or hide the strip of items")},
    {QT_TRANSLATE_NOOP("KindWords", "Go to a picture"),
     QT_TRANSLATE_NOOP("KindWords", "Go to a text"),
     QT_TRANSLATE_NOOP("KindWords", "Go to a row"),
     QT_TRANSLATE_NOOP("KindWords", "Go to an item")},
    {QT_TRANSLATE_NOOP("KindWords", "No picture has “%1” in its name or comment."),
     QT_TRANSLATE_NOOP("KindWords", "“%1” stands in no text and in no comment."),
     QT_TRANSLATE_NOOP("KindWords", "“%1” stands in no row and in no comment."),
     QT_TRANSLATE_NOOP("KindWords", "No item has “%1” in its name or comment.")},
    {QT_TRANSLATE_NOOP("KindWords", "What should others know about this picture?"),
     QT_TRANSLATE_NOOP("KindWords", "What should others know about this text?"),
     QT_TRANSLATE_NOOP("KindWords", "What should others know about this row?"),
     QT_TRANSLATE_NOOP("KindWords", "What should others know about this series?")},
    {QT_TRANSLATE_NOOP("KindWords", "Everything that was done on this picture. Select a shape to see its history alone."),
     QT_TRANSLATE_NOOP("KindWords", "Everything that was done on this text. Select a span to see its history alone."),
     QT_TRANSLATE_NOOP("KindWords", "Everything that was done on this row."),
     QT_TRANSLATE_NOOP("KindWords", "Everything that was done on this series. Select a stretch to see its history alone.")},
    {QT_TRANSLATE_NOOP("KindWords", "History of this picture"),
     QT_TRANSLATE_NOOP("KindWords", "History of this text"),
     QT_TRANSLATE_NOOP("KindWords", "History of this row"),
     QT_TRANSLATE_NOOP("KindWords", "History of this series")},
    {QT_TRANSLATE_NOOP("KindWords", "The picture is bad"),
     QT_TRANSLATE_NOOP("KindWords", "The text cannot be read"),
     QT_TRANSLATE_NOOP("KindWords", "The values cannot be right"),
     QT_TRANSLATE_NOOP("KindWords", "The series is damaged")},
    {QT_TRANSLATE_NOOP("KindWords", "Keys label whole pictures"),
     QT_TRANSLATE_NOOP("KindWords", "Keys label whole texts"),
     QT_TRANSLATE_NOOP("KindWords", "Keys label whole rows"),
     QT_TRANSLATE_NOOP("KindWords", "Keys label the whole series")},
    {QT_TRANSLATE_NOOP("KindWords", "What is shown beside the pictures"),
     QT_TRANSLATE_NOOP("KindWords", "What is shown beside the text"),
     QT_TRANSLATE_NOOP("KindWords", "What is shown beside the row"),
     QT_TRANSLATE_NOOP("KindWords", "What is shown beside the series")},
    {QT_TRANSLATE_NOOP("KindWords", "Keys for pictures"),
     QT_TRANSLATE_NOOP("KindWords", "Keys for texts"),
     QT_TRANSLATE_NOOP("KindWords", "Keys for rows"),
     QT_TRANSLATE_NOOP("KindWords", "Keys for a series")},
};

}  // namespace

const char* kindSource(KindPhrase phrase, DeskKind kind) { return kindPhrases[static_cast<int>(phrase)][static_cast<int>(kind)]; }

QString kindWords(KindPhrase phrase, DeskKind kind, int number) {
    return QCoreApplication::translate(wordsContext, kindSource(phrase, kind), nullptr, number);
}

}  // namespace lamina
