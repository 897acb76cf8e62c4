#include "app/pages/review/class_table.h"

#include <QEvent>
#include <QHeaderView>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace lamina {
namespace {

constexpr int columns = 7, numberWidth = 74, narrowestName = 84;
/// So many numbers are seen at once; the others are for who scrolls.
constexpr int numbersInSight = 4;

QString score(const nlohmann::json& scores, const char* id) {
    // Not a number where it is not defined, and missing in older evaluations.
    const double value = scores.contains(id) && scores[id].is_number() ? scores[id].get<double>() : std::nan("");
    return std::isfinite(value) ? QLocale().toString(value, 'f', 3) : QStringLiteral("–");
}

}  // namespace

ClassTable::ClassTable(QWidget* parent) : QTableWidget(parent) {
    setObjectName("evaluation_classes");
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setTextElideMode(Qt::ElideMiddle);
    verticalHeader()->hide();
    setColumnCount(columns);
    for (int column = 1; column < columns; ++column) setColumnWidth(column, numberWidth);
    retranslate();
}

void ClassTable::setDocument(const nlohmann::json& document) {
    const nlohmann::json classes = document.value("classes", nlohmann::json::array());
    setVisible(!classes.empty());
    setRowCount(static_cast<int>(classes.size()));
    for (int row = 0; row < rowCount(); ++row) {
        const auto& scores = classes[static_cast<std::size_t>(row)];
        const QString cells[columns] = {QString::fromStdString(scores.value("name", std::string())), score(scores, "precision"), score(scores, "recall"),
                                        score(scores, "f1"), QLocale().toString(scores.value("items", 0)), score(scores, "specificity"), score(scores, "roc_auc")};
        for (int column = 0; column < columns; ++column) {
            auto* item = new QTableWidgetItem(cells[column]);
            if (column > 0) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            else item->setToolTip(cells[column].toHtmlEscaped());
            setItem(row, column, item);
        }
    }
}

void ClassTable::resizeEvent(QResizeEvent* event) {
    QTableWidget::resizeEvent(event);
    setColumnWidth(0, std::max(narrowestName, viewport()->width() - numbersInSight * numberWidth));
}

void ClassTable::changeEvent(QEvent* event) {
    QTableWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void ClassTable::retranslate() {
    setAccessibleName(tr("Scores per class"));
    setHorizontalHeaderLabels({tr("Class"), tr("Precision"), tr("Recall"), tr("F1"), tr("Items"), tr("Specificity"), tr("ROC area")});
}

}  // namespace lamina
