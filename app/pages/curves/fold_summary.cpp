#include "app/pages/curves/fold_summary.h"

#include <QEvent>
#include <QLocale>

#include <algorithm>
#include <cmath>

#include "app/workspace/language.h"
#include "app/workspace/workspace.h"

namespace lamina {
namespace fold_summary_parts {

Result<std::optional<FoldSeries>> seriesOfRun(Project& project, const std::string& run) {
    LAMINA_TRY(auto runs, project.runs().all());
    const auto found = std::find_if(runs.begin(), runs.end(), [&](const RunRecord& record) { return record.id == run; });
    const std::string series = found == runs.end() ? std::string() : foldSeriesIn(*found);
    if (series.empty()) return std::optional<FoldSeries>();
    std::erase_if(runs, [&](const RunRecord& record) { return foldSeriesIn(record) != series; });
    LAMINA_TRY(auto all, foldSeriesOf(project, runs));
    if (all.empty() || all.front().metrics.empty()) return std::optional<FoldSeries>();
    return std::optional(std::move(all.front()));
}

QString figure(double value) { return std::isnan(value) ? QStringLiteral("–") : QLocale().toString(value, 'g', 4); }

}  // namespace fold_summary_parts

FoldSummary::FoldSummary(Workspace& workspace, QWidget* parent) : QLabel(parent), m_workspace(workspace) {
    setObjectName("fold_summary");
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    hide();
}

void FoldSummary::setRun(const std::string& run) {
    m_run = run;
    if (m_reading) m_workspace.tasks().cancel(m_reading);
    m_reading = 0;
    if (run.empty() || !m_workspace.isOpen()) {
        m_series.reset();
        return retranslate();
    }
    m_reading = m_workspace.tasks().quietly(
        this, [project = m_workspace.shared(), run](TaskContext&) { return fold_summary_parts::seriesOfRun(*project, run); },
        [this](const Result<std::optional<FoldSeries>>& series) {
            m_reading = 0;
            m_series = series ? *series : std::nullopt;
            retranslate();
        });
}

void FoldSummary::retranslate() {
    setVisible(m_series.has_value());
    if (!m_series) return;
    QStringList figures;
    for (const FoldMetric& metric : m_series->metrics) {
        const QString title = metric.name == "loss" ? tr("Loss") : messageText("metric." + metric.name + ".title", QString::fromStdString(metric.name));
        figures << tr("%1 %2 ± %3").arg(title, fold_summary_parts::figure(metric.mean), fold_summary_parts::figure(metric.deviation));
    }
    setText(tr("%1: mean ± standard deviation over %2 of %3 folds: %4")
                .arg(QString::fromStdString(m_series->name), QLocale().toString(static_cast<qlonglong>(m_series->runs.size())),
                     QLocale().toString(static_cast<qlonglong>(m_series->folds)), figures.join(QStringLiteral(", "))));
    setAccessibleName(text());
}

void FoldSummary::changeEvent(QEvent* event) {
    QLabel::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace lamina
