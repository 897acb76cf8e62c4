#include "app/pages/review/score_label.h"

#include <QLocale>

#include <cmath>
#include <cstdint>
#include <vector>

#include "app/workspace/language.h"
#include "core/metrics/metric_type.h"
#include "core/tasks/task_type.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

QString scoreTitle(const std::string& id) { return messageText("metric." + id + ".title", QString::fromStdString(id)); }

double numberOf(const nlohmann::json& scores, const std::string& id) { return scores.contains(id) && scores[id].is_number() ? scores[id].get<double>() : std::nan(""); }

QString valueOf(const nlohmann::json& scores, const std::string& id) {
    const double value = numberOf(scores, id);
    if (!std::isfinite(value)) return QStringLiteral("–");
    // A line may break behind a mark between thousands. Of large numbers decimals say nothing.
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    return locale.toString(value, 'f', std::abs(value) >= 1000 ? 1 : std::abs(value) >= 100 ? 2 : 4);
}

/// Below the table a sentence wraps, but no cell of it does.
QString inOneLine(QString text) { return text.replace(QLatin1Char(' '), QChar::Nbsp); }

QString baselineTitle(const std::string& id) {
    if (id == "most_frequent") return ScoreLabel::tr("Most frequent class");
    if (id == "mean") return ScoreLabel::tr("Mean");
    if (id == "last_value") return ScoreLabel::tr("Newest known value");
    return ScoreLabel::tr("Linear model");
}

constexpr std::size_t nobody = SIZE_MAX;

/// A line of the table: the model's cell, then those of the baselines; `bold` is the best of them.
QString scoreRow(const QString& title, const std::vector<QString>& cells, std::size_t bold) {
    QString row = "<tr><td style='padding:2px 18px 2px 0'>" + title.toHtmlEscaped() + "</td>";
    for (std::size_t i = 0; i < cells.size(); ++i)
        row += QStringLiteral("<td align='right' style='padding:2px 12px 2px 0'>") + (i == bold ? "<b>" + cells[i].toHtmlEscaped() + "</b>" : cells[i].toHtmlEscaped()) + "</td>";
    return row + "</tr>";
}

/// Which of them is best: 0 the model, else a baseline; the model where they are equal. `nobody` where there is nothing to compare.
std::size_t bestOf(const std::vector<const nlohmann::json*>& all, const std::string& id) {
    const MetricType* metric = findMetric(id);
    if (!metric || all.size() < 2) return nobody;
    std::size_t best = nobody;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const double value = numberOf(*all[i], id);
        if (!std::isfinite(value)) continue;
        const double before = best == nobody ? 0 : numberOf(*all[best], id);
        if (best == nobody || (metric->higherIsBetter ? value > before : value < before)) best = i;
    }
    return best;
}

/// The metrics of the document in the task's order: its short list, or what else there is.
std::vector<std::string> metricsOf(const nlohmann::json& document, ScoreLabel::Shows shows) {
    const TaskType* task = findTask(document.value("task", std::string()));
    std::vector<std::string> shown;
    const auto add = [&](const std::vector<std::string>& ids) {
        for (const auto& id : ids)
            if (document["scores"].contains(id)) shown.push_back(id);
    };
    if (!task) return shown;
    add(shows == ScoreLabel::Shows::Headlines ? task->metrics : task->moreMetrics);
    return shown;
}

QString explanationRow(const std::string& id, std::size_t columns) {
    return QStringLiteral("<tr><td colspan='%1' style='padding:0 0 8px 0; color:%2'>%3</td></tr>")
        .arg(columns)
        .arg(themeColours().mutedText.name(), messageText("metric." + id + ".summary", QString()).toHtmlEscaped());
}

}  // namespace

ScoreLabel::ScoreLabel(Shows shows, QWidget* parent) : QLabel(parent), m_shows(shows) {
    setTextFormat(Qt::RichText);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    setAlignment(Qt::AlignLeft | Qt::AlignTop);
    setWordWrap(true);
}

bool ScoreLabel::hasOthers(const nlohmann::json& document) { return !metricsOf(document, Shows::Others).empty(); }

void ScoreLabel::setDocument(const nlohmann::json& document) {
    const nlohmann::json baselines = document.value("baselines", nlohmann::json::object());
    std::vector<QString> heads{inOneLine(tr("This model"))};
    std::vector<const nlohmann::json*> all{&document["scores"]};
    for (const auto& [id, scores] : baselines.items()) {
        heads.push_back(inOneLine(baselineTitle(id)));
        all.push_back(&scores);
    }
    QString table = "<table>" + scoreRow(tr("%n item(s)", nullptr, document.value("items", 0)), heads, nobody);
    const auto shown = metricsOf(document, m_shows);
    for (const auto& id : shown) {
        std::vector<QString> cells;
        for (const auto* scores : all) cells.push_back(valueOf(*scores, id));
        table += scoreRow(inOneLine(scoreTitle(id)), cells, bestOf(all, id));
        if (m_shows == Shows::Others) table += explanationRow(id, cells.size() + 1);
    }
    table += "</table>";
    const std::size_t best = shown.empty() || m_shows == Shows::Others ? nobody : bestOf(all, shown[0]);
    if (best != nobody && best > 0)
        table += QStringLiteral("<p style='color:%1'>%2</p>")
                     .arg(themeColours().warning.name(), tr("Better here: %1. Train longer or change the network; until then the simpler way is the better choice.").arg(heads[best]).toHtmlEscaped());
    setText(table);
}

}  // namespace lamina
