#include "app/pages/label/key_sheet.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>

#include <algorithm>

namespace lamina {

namespace {

constexpr int columnWidth = 330;

QString lineOf(const std::pair<QString, QString>& row) {
    return QString("<tr><td width='34%' style='padding-right:12px; padding-bottom:3px'><b>%1</b></td><td style='padding-bottom:3px'>%2</td></tr>").arg(row.first.toHtmlEscaped(), row.second.toHtmlEscaped());
}

/// Each column a table of its own: a long line in one makes no room in another.
QString tableOf(const std::vector<std::pair<QString, QString>>& rows, std::size_t columns) {
    const std::size_t each = (rows.size() + columns - 1) / columns;
    QString table;
    for (std::size_t column = 0; column < columns; ++column) {
        QString lines;
        for (std::size_t i = column * each; i < std::min(rows.size(), (column + 1) * each); ++i) lines += lineOf(rows[i]);
        table += QString("<td width='%1%' style='padding-right:20px'><table width='100%'>%2</table></td>").arg(100 / static_cast<int>(columns)).arg(lines);
    }
    return "<table width='100%'><tr>" + table + "</tr></table>";
}

}  // namespace

KeySheet::KeySheet(const QString& title, const std::vector<std::pair<QString, QString>>& rows, QWidget* parent) : QDialog(parent) {
    setObjectName("label_key_sheet");
    setWindowTitle(title);
    const QSize room = parent && parent->screen() ? parent->screen()->availableSize() : QSize(1366, 768);
    const std::size_t columns = std::clamp<std::size_t>(std::min(static_cast<std::size_t>(room.width() - 120) / columnWidth, rows.size() / 10), 1, 3);
    auto* text = new QLabel(tableOf(rows, columns));
    text->setObjectName("label_key_table");
    text->setTextFormat(Qt::RichText);
    text->setWordWrap(true);
    text->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    text->setMargin(12);
    text->setMinimumHeight(1);  // else it asks for the height that it would have on a narrow sheet
    auto* area = new QScrollArea;
    area->setAccessibleName(tr("All keys"));
    area->setWidget(text);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* buttons = new QDialogButtonBox;
    auto* change = buttons->addButton(tr("Change keys …"), QDialogButtonBox::ActionRole);
    change->setObjectName("label_keys_change");
    auto* close = buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    close->setDefault(true);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(12);
    layout->addWidget(area, 1);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(change, &QPushButton::clicked, this, [this] {
        accept();
        emit changeWanted();
    });
    const int width = std::min(static_cast<int>(columns) * 410, room.width() - 80);
    resize(width, std::min(text->heightForWidth(width - 60) + 110, room.height() - 80));
}

}  // namespace lamina
