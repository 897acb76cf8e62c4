#include "app/pages/data/pasted_table.h"

#include <QRegularExpression>
#include <QTextDocumentFragment>

#include <set>

namespace lamina {
namespace {

/// How many cells the rows have: one number where the table is a rectangle.
std::set<int> widthsOf(const QString& text) {
    std::set<int> widths;
    bool quoted = false, begun = false;
    int cells = 1;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        const bool doubled = i + 1 < text.size() && text[i + 1] == u'"';
        if (c == u'"' && quoted) {
            if (doubled) ++i;
            else quoted = false;
            continue;
        }
        // A quote opens a cell only at its beginning: 3.5" disks are no quotation.
        if (c == u'"' && (i == 0 || text[i - 1] == u'\t' || text[i - 1] == u'\n')) quoted = begun = true;
        if (quoted) continue;
        if (c == u'\t') ++cells;
        begun = begun || !c.isSpace();
        if (c != u'\n') continue;
        if (begun || cells > 1) widths.insert(cells);
        cells = 1;
        begun = false;
    }
    if (begun || cells > 1) widths.insert(cells);
    return widths;
}

QString unixLines(QString text) { return text.replace(QLatin1String("\r\n"), QLatin1String("\n")).replace(u'\r', u'\n'); }

/// As a spreadsheet writes a cell.
QString quotedCell(QString cell) {
    if (!cell.contains(u'\t') && !cell.contains(u'\n') && !cell.contains(u'"')) return cell;
    return u'"' + cell.replace(u'"', QLatin1String("\"\"")) + u'"';
}

QString textOfCell(const QString& html) {
    const QString text = html.contains(u'<') || html.contains(u'&') ? QTextDocumentFragment::fromHtml(html).toPlainText() : html;
    return text.trimmed();
}

}  // namespace

QString tableOfHtml(const QString& html) {
    static const QRegularExpression table(QStringLiteral("<table[\\s>].*?</table>"), QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression row(QStringLiteral("<tr[\\s>].*?(?=<tr[\\s>]|</tr>|</table>)"),
                                        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression cell(QStringLiteral("<t[dh]([^>]*)>(.*?)(?=<t[dh][\\s>]|</t[dh]>|$)"),
                                         QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression span(QStringLiteral("colspan\\s*=\\s*[\"']?(\\d{1,3})"), QRegularExpression::CaseInsensitiveOption);
    const auto found = table.match(html);
    if (!found.hasMatch()) return {};
    QString text;
    for (auto rows = row.globalMatch(found.captured()); rows.hasNext();) {
        QStringList cells;
        for (auto columns = cell.globalMatch(rows.next().captured()); columns.hasNext();) {
            const auto one = columns.next();
            cells << quotedCell(textOfCell(one.captured(2)));
            for (int more = span.match(one.captured(1)).captured(1).toInt(); more > 1; --more) cells << QString();
        }
        if (!cells.isEmpty()) text += cells.join(u'\t') + u'\n';
    }
    return text;
}

std::optional<QString> pastedTable(const QMimeData& clipboard) {
    QString text = clipboard.hasText() ? unixLines(clipboard.text()) : QString();
    const std::set<int> widths = widthsOf(text);
    const bool rectangle = widths.size() == 1 && *widths.begin() > 1;
    if (!rectangle && clipboard.hasHtml())
        if (const QString table = tableOfHtml(clipboard.html()); !table.isEmpty()) return table;
    // One column of several lines is a table, too.
    if (widths.empty() || (*widths.rbegin() == 1 && text.trimmed().count(u'\n') == 0)) return {};
    return text;
}

}  // namespace lamina
