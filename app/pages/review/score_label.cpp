#include "app/pages/review/score_label.h"

#include <QLocale>

#include <cmath>
#include <vector>

#include "app/workspace/language.h"

namespace lamina {
namespace {

QString metricTitle(const std::string& id) { return messageText("metric." + id + ".title", QString::fromStdString(id)); }

QString valueOf(const nlohmann::json& scores, const std::string& id) {
    const double value = scores.contains(id) && scores[id].is_number() ? scores[id].get<double>() : std::nan("");
    return std::isfinite(value) ? QLocale().toString(value, 'f', 4) : QStringLiteral("–");
}

QString baselineTitle(const std::string& id) {
    if (id == "most_frequent") return ScoreLabel::tr("Most frequent class");
    if (id == "mean") return ScoreLabel::tr("Mean");
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

}  // namespace

ScoreLabel::ScoreLabel(QWidget* parent) : QLabel(parent) {
    setTextFormat(Qt::RichText);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
}

void ScoreLabel::setDocument(const nlohmann::json& document) {
    std::vector<QString> heads{tr("This model")};
    for (const auto& [id, scores] : document["baselines"].items()) heads.push_back(baselineTitle(id));
    QString table = "<table>" + scoreRow(tr("%n item(s)", nullptr, document.value("items", 0)), heads, false);
    for (const auto& [id, own] : document["scores"].items()) {
        std::vector<QString> cells{valueOf(document["scores"], id)};
        for (const auto& [name, scores] : document["baselines"].items()) cells.push_back(valueOf(scores, id));
        table += scoreRow(metricTitle(id), cells, true);
    }
    setText(table + "</table>");
}

}  // namespace lamina
