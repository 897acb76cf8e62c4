#include "app/pages/use/probability_bars.h"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>

#include <algorithm>
#include <numeric>

#include "widgets/common/elided_label.h"

namespace lamina {
namespace {

constexpr int barSteps = 1000;

}  // namespace

ProbabilityBars::ProbabilityBars(QWidget* parent) : QWidget(parent) {
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(12);
    layout->setVerticalSpacing(8);
    layout->setColumnStretch(0, 2);
    layout->setColumnStretch(1, 3);
    const int percentWidth = fontMetrics().horizontalAdvance(QStringLiteral("100.00 %"));
    for (int i = 0; i < most; ++i) {
        Row row{new ElidedLabel, new QProgressBar, new QLabel};
        row.bar->setRange(0, barSteps);
        row.bar->setTextVisible(false);
        row.bar->setObjectName(QStringLiteral("probability_%1").arg(i));
        row.percent->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        row.percent->setMinimumWidth(percentWidth);
        layout->addWidget(row.name, i, 0);
        layout->addWidget(row.bar, i, 1);
        layout->addWidget(row.percent, i, 2);
        m_rows.push_back(row);
    }
    clear();
}

void ProbabilityBars::show(const QStringList& names, const std::vector<float>& probabilities) {
    std::vector<std::size_t> order(std::min<std::size_t>(probabilities.size(), static_cast<std::size_t>(names.size())));
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return probabilities[a] > probabilities[b]; });
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const Row& row = m_rows[i];
        setRowVisible(row, i < order.size());
        if (i >= order.size()) continue;
        const QString name = names[static_cast<qsizetype>(order[i])];
        const float probability = probabilities[order[i]];
        row.name->setFullText(name);
        row.bar->setValue(static_cast<int>(probability * barSteps + 0.5f));
        row.percent->setText(percentText(probability));
        row.bar->setAccessibleName(name);
        row.bar->setAccessibleDescription(row.percent->text());
    }
}

void ProbabilityBars::clear() {
    for (const Row& row : m_rows) setRowVisible(row, false);
}

void ProbabilityBars::setRowVisible(const Row& row, bool visible) {
    row.name->setVisible(visible);
    row.bar->setVisible(visible);
    row.percent->setVisible(visible);
}

QString ProbabilityBars::percentText(double probability) {
    const QLocale locale;
    if (probability > 0 && probability < 0.0005) return QStringLiteral("<") + locale.toString(0.1, 'f', 1) + QStringLiteral(" %");
    return locale.toString(100 * probability, 'f', 1) + QStringLiteral(" %");
}

}  // namespace lamina
