#include "app/pages/review/score_label.h"

#include <QLocale>

#include <cmath>
#include <vector>

#include "app/workspace/language.h"
#include "core/tasks/task_type.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

QString scoreTitle(const std::string& id) { return messageText("metric." + id + ".title", QString::fromStdString(id)); }

QString valueOf(const nlohmann::json& scores, const std::string& id) {
    const double value = scores.contains(id) && scores[id].is_number() ? scores[id].get<double>() : std::nan("");
    return std::isfinite(value) ? QLocale().toString(value, 'f', 4) : QStringLiteral("–");
}

QString baselineTitle(const std::string& id) {
    if (id == "most_frequent") return ScoreLabel::tr("Most frequent class");
    if (id == "mean") return ScoreLabel::tr("Mean");
    if (id == "last_value") return ScoreLabel::tr("Newest known value");
    return ScoreLabel::tr("Linear model");
}

/// A line of the table; the first cell is the model's own.
QString scoreRow(const QString& title, const std::vector<QString>& cells, bool boldFirst) {
    QString row = "<tr><td style='padding:2px 18px 2px 0'>" + title.toHtmlEscaped() + "</td>";
    bool own = boldFirst;
    for (const QString& cell : cells) {
        row += QStringLiteral("<td align='right' style='padding:2px 12px 2px 0'>") + (own ? "<b>" + cell.toHtmlEscaped() + "</b>" : cell.toHtmlEscaped()) + "</td>";
        own = false;
    }
    return row + "</tr>";
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
    setWordWrap(shows == Shows::Others);
}

bool ScoreLabel::hasOthers(const nlohmann::json& document) { return !metricsOf(document, Shows::Others).empty(); }

void ScoreLabel::setDocument(const nlohmann::json& document) {
    const nlohmann::json baselines = document.value("baselines", nlohmann::json::object());
    std::vector<QString> heads{tr("This model")};
    for (const auto& [id, scores] : baselines.items()) heads.push_back(baselineTitle(id));
    QString table = "<table>" + scoreRow(tr("%n item(s)", nullptr, document.value("items", 0)), heads, false);
    for (const auto& id : metricsOf(document, m_shows)) {
        std::vector<QString> cells{valueOf(document["scores"], id)};
        for (const auto& [name, scores] : baselines.items()) cells.push_back(valueOf(scores, id));
        table += scoreRow(scoreTitle(id), cells, true);
        if (m_shows == Shows::Others) table += explanationRow(id, cells.size() + 1);
    }
    setText(table + "</table>");
}

}  // namespace lamina
