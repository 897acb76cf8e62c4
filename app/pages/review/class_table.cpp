#include "app/pages/review/class_table.h"

#include <QEvent>
#include <QHeaderView>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace lamina {
namespace {

constexpr int columns = 7, narrowestName = 84, besideText = 18;
/// What most people look at; the others are shown where there is room, and in the tooltip of the class.
constexpr int alwaysShown = 5;

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
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
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
            else item->setToolTip(allScores(cells));
            setItem(row, column, item);
        }
    }
}

void ClassTable::resizeEvent(QResizeEvent* event) {
    QTableWidget::resizeEvent(event);
    fitColumns();
}

/// All columns where they fit, else the most important ones; never a bar to scroll with.
void ClassTable::fitColumns() {
    int left = viewport()->width() - narrowestName;
    for (int column = 1; column < columns; ++column) {
        const int wanted = std::max(fontMetrics().horizontalAdvance(horizontalHeaderItem(column)->text()), fontMetrics().horizontalAdvance(QStringLiteral("0.000"))) + besideText;
        const bool shown = column < alwaysShown || wanted <= left;
        setColumnHidden(column, !shown);
        if (!shown) continue;
        setColumnWidth(column, column < alwaysShown ? std::min(wanted, std::max(40, (viewport()->width() - narrowestName) / (alwaysShown - 1))) : wanted);
        left -= columnWidth(column);
    }
    setColumnWidth(0, narrowestName + std::max(0, left));
}

QString ClassTable::allScores(const QString* cells) const {
    QStringList lines{cells[0].toHtmlEscaped()};
    for (int column = 1; column < columns; ++column) lines << QStringLiteral("%1: %2").arg(horizontalHeaderItem(column)->text(), cells[column]);
    return lines.join(QLatin1String("<br>"));
}

void ClassTable::changeEvent(QEvent* event) {
    QTableWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void ClassTable::retranslate() {
    setAccessibleName(tr("Scores per class"));
    setHorizontalHeaderLabels({tr("Class"), tr("Precision"), tr("Recall"), tr("F1"), tr("Items"), tr("Specificity"), tr("ROC area")});
    fitColumns();
}

}  // namespace lamina
