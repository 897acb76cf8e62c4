#include "app/pages/clean/step_offers.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

#include "app/pages/clean/step_words.h"
#include "core/data/expression/expression.h"

namespace lamina {
namespace {

class OfferWords {
    Q_DECLARE_TR_FUNCTIONS(lamina::OfferWords)
};

using nlohmann::json;

/// Sets it where the step has such a setting and takes the value.
bool setSetting(const CleaningStepType& type, const std::string& id, const json& value, json& settings) {
    std::any filled = type.defaults;
    json with = settings;
    with[id] = value;
    if (!propertiesFromJson(type.properties, with, filled)) return false;
    settings = std::move(with);
    return true;
}

void setColumns(const CleaningStepType& type, const std::vector<std::string>& columns, json& settings) {
    for (const Property& property : type.properties) {
        if (!namesColumns(property) || columns.empty()) continue;
        const bool list = std::holds_alternative<std::vector<std::string>>(property.get(type.defaults));
        if (setSetting(type, property.id, list ? json(columns) : json(columns.front()), settings)) return;
    }
}

class Offers {
public:
    void add(const QString& text, const std::vector<std::string>& types, const std::vector<std::string>& columns, bool complete,
             const json& settings = json::object()) {
        if (auto step = makeStep(types, columns, settings)) m_all.push_back({text, std::move(*step), complete});
    }
    std::vector<StepOffer> take() { return std::move(m_all); }

private:
    std::vector<StepOffer> m_all;
};

bool isNumeric(ColumnKind kind) { return kind == ColumnKind::Number || kind == ColumnKind::Integer; }

}  // namespace

std::optional<RecipeStep> makeStep(const std::vector<std::string>& types, const std::vector<std::string>& columns, const json& settings) {
    for (const std::string& id : types) {
        const CleaningStepType* type = findCleaningStep(id);
        if (!type) continue;
        RecipeStep step;
        step.type = id;
        setColumns(*type, columns, step.settings);
        for (const auto& [key, value] : settings.items()) setSetting(*type, key, value, step.settings);
        return step;
    }
    return {};
}

std::vector<StepOffer> offersForColumn(const Table& table, std::size_t column) {
    const ColumnInfo& info = table.info(column);
    const std::vector<std::string> name{info.name};
    const QString title = QString::fromStdString(info.name).left(40);
    Offers offers;
    if (info.missing > 0) {
        offers.add(OfferWords::tr("&Fill missing values of %1 …").arg(title), {"fill_missing"}, name, false);
        offers.add(OfferWords::tr("Remove rows where %1 is missing").arg(title), {"drop_missing_rows"}, name, true);
    }
    offers.add(OfferWords::tr("&Leave out %1").arg(title), {"drop_columns"}, name, true);
    offers.add(OfferWords::tr("Re&name %1 …").arg(title), {"rename_column"}, name, false);
    offers.add(OfferWords::tr("Change the &type of %1 …").arg(title), {"change_type"}, name, false);
    if (info.kind == ColumnKind::Text || info.kind == ColumnKind::Category) {
        offers.add(OfferWords::tr("Tidy &blanks in %1").arg(title), {"trim_text"}, name, true);
        offers.add(OfferWords::tr("&Replace text in %1 …").arg(title), {"replace_text"}, name, false);
        offers.add(OfferWords::tr("&Merge spellings of %1 …").arg(title), {"map_values"}, name, false);
        offers.add(OfferWords::tr("Read numbers out of %1").arg(title), {"parse_numbers"}, name, true);
        offers.add(OfferWords::tr("Read dates out of %1").arg(title), {"parse_dates"}, name, true);
        offers.add(OfferWords::tr("&Split %1 into columns …").arg(title), {"split_column"}, name, false);
    }
    if (isNumeric(info.kind)) {
        offers.add(OfferWords::tr("Handle &outliers of %1 …").arg(title), {"outliers_clip", "clip_values"}, name, false);
        offers.add(OfferWords::tr("&Scale %1 …").arg(title), {"standardize"}, name, false);
        offers.add(OfferWords::tr("Group %1 into bins …").arg(title), {"bin"}, name, false);
    }
    if (info.kind == ColumnKind::Time) offers.add(OfferWords::tr("Take parts of %1 (year, month …) …").arg(title), {"date_parts"}, name, false);
    return offers.take();
}

std::string expressionValue(const Table& table, std::size_t column, std::int64_t row) {
    const ColumnView view = table.view(column);
    if (view.isMissing(row)) return {};
    const std::string shown = displayText(view, table.info(column), row);
    switch (view.kind) {
        case ColumnKind::Number:
        case ColumnKind::Integer:
        case ColumnKind::Boolean: return shown;
        case ColumnKind::Time: return "date('" + shown + "')";
        default: break;
    }
    std::string text = "'";
    for (const char c : shown) text += c == '\'' ? std::string("''") : std::string(1, c);
    return text + "'";
}

std::vector<StepOffer> offersForCell(const Table& table, std::size_t column, std::int64_t row) {
    const ColumnInfo& info = table.info(column);
    const ColumnView view = table.view(column);
    const std::vector<std::string> name{info.name};
    const QString title = QString::fromStdString(info.name).left(30);
    Offers offers;
    if (view.isMissing(row)) {
        offers.add(OfferWords::tr("&Fill missing values of %1 …").arg(title), {"fill_missing"}, name, false);
        offers.add(OfferWords::tr("Remove rows where %1 is missing").arg(title), {"drop_missing_rows"}, name, true);
        return offers.take();
    }
    if (view.kind == ColumnKind::Tensor || view.kind == ColumnKind::Image) return {};
    const std::string value = displayText(view, info, row), condition = expressionName(info.name) + " = " + expressionValue(table, column, row);
    const QString shown = QString::fromStdString(value).simplified().left(30);
    offers.add(OfferWords::tr("&Keep only rows where %1 is “%2”").arg(title, shown), {"filter"}, {}, true, {{"condition", condition}});
    offers.add(OfferWords::tr("Re&move rows where %1 is “%2”").arg(title, shown), {"filter"}, {}, true,
               {{"condition", "not (" + condition + ")"}, {"keep_missing", true}});
    offers.add(OfferWords::tr("&Replace “%1” everywhere in %2 …").arg(shown, title), {"map_values"}, name, false,
               {{"from", json::array({value})}, {"to", json::array({value})}});
    offers.add(OfferWords::tr("“%1” means: there is no &value").arg(shown), {"mark_missing"}, name, true, {{"words", json::array({value})}});
    return offers.take();
}

std::optional<RecipeStep> cellEditStep(const Table& table, std::size_t column, std::int64_t row, const std::string& text, const RecipeStep* step) {
    const CleaningStepType* type = findCleaningStep("edit_cells");
    if (!type) return {};
    RecipeStep edit;
    if (step && step->type == type->id) edit = *step;
    edit.type = type->id;
    // Four lists side by side, an entry per cell.
    json settings = propertiesToJson(type->properties, stepSettings(*type, edit));
    const std::string& name = table.info(column).name;
    for (std::size_t i = 0; i < settings["rows"].size(); ++i)
        if (settings["rows"][i] == row + 1 && settings["columns"][i] == name) {
            settings["values"][i] = text;
            edit.settings = settings;
            return edit;
        }
    const bool comparing = settings["before"].size() == settings["rows"].size();
    settings["rows"].push_back(row + 1);
    settings["columns"].push_back(name);
    settings["values"].push_back(text);
    if (comparing) settings["before"].push_back(displayText(table.view(column), table.info(column), row));
    edit.settings = settings;
    return edit;
}

}  // namespace lamina
