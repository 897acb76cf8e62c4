// What a spreadsheet puts on the clipboard, as text with tabs.
#pragma once

#include <QMimeData>
#include <QString>

#include <optional>

namespace lamina {

/// The table on the clipboard, cells with tabs between, in quotes where a cell has a tab, a quote or several lines; nothing where there is none (a single
/// word is no table). Text as Excel and LibreOffice put it is taken as it is; where it is ragged, or has no tabs, the table of an HTML page is.
std::optional<QString> pastedTable(const QMimeData& clipboard);

/// The first <table> as such a text; empty where there is none.
QString tableOfHtml(const QString& html);

}  // namespace lamina
