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

QString cellsOf(const std::pair<QString, QString>& row) {
    return QString("<td style='padding-right:12px; padding-bottom:3px'><b>%1</b></td><td style='padding-right:28px'>%2</td>").arg(row.first.toHtmlEscaped(), row.second.toHtmlEscaped());
}

QString tableOf(const std::vector<std::pair<QString, QString>>& rows) {
    const std::size_t half = (rows.size() + 1) / 2;
    QString table;
    for (std::size_t i = 0; i < half; ++i) table += "<tr>" + cellsOf(rows[i]) + (half + i < rows.size() ? cellsOf(rows[half + i]) : QString()) + "</tr>";
    return "<table>" + table + "</table>";
}

}  // namespace

KeySheet::KeySheet(const std::vector<std::pair<QString, QString>>& rows, QWidget* parent) : QDialog(parent) {
    setObjectName("label_key_sheet");
    setWindowTitle(tr("Keys"));
    auto* text = new QLabel(tableOf(rows));
    text->setObjectName("label_key_table");
    text->setTextFormat(Qt::RichText);
    text->setWordWrap(true);
    text->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    text->setMargin(12);
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
    const QSize room = parent && parent->screen() ? parent->screen()->availableSize() : QSize(1366, 768);
    const int width = std::min(920, room.width() - 80);
    resize(width, std::min(text->heightForWidth(width - 60) + 110, room.height() - 80));
}

}  // namespace lamina
