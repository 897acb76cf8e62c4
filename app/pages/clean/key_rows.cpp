#include "app/pages/clean/key_rows.h"

#include <QCoreApplication>

#include "app/pages/clean/step_words.h"

namespace lamina {
namespace {

class KeyRowWords {
    Q_DECLARE_TR_FUNCTIONS(lamina::KeyRowWords)
};

const QString herePrefix = QStringLiteral("keys."), therePrefix = QStringLiteral("other_keys.");

QString shown(const std::string& name) { return QString::fromStdString(name); }

/// Values of two kinds are compared as texts or as numbers; times with times only.
enum class Compared { Texts, Numbers, Times, Nothing };
Compared comparedAs(ColumnKind kind) {
    if (kind == ColumnKind::Tensor) return Compared::Nothing;
    if (kind == ColumnKind::Category || storedAsText(kind)) return Compared::Texts;
    return kind == ColumnKind::Time ? Compared::Times : Compared::Numbers;
}

QString kindWords(ColumnKind kind) {
    switch (comparedAs(kind)) {
        case Compared::Texts: return KeyRowWords::tr("texts");
        case Compared::Numbers: return KeyRowWords::tr("numbers");
        case Compared::Times: return KeyRowWords::tr("dates");
        case Compared::Nothing: break;
    }
    return KeyRowWords::tr("pictures or arrays");
}

PropertyRow choiceRow(const QString& id, const QString& title, const QString& help, const std::string& value, const QStringList& names) {
    PropertyRow row;
    row.id = id;
    row.title = title;
    row.help = help;
    row.value = row.standard = value;
    row.hasStandard = false;
    chooseFrom(row, names);
    return row;
}

PropertyRow hereRow(std::size_t place, const std::string& key, const StepSurroundings& around, const QStringList& names) {
    const QString title = place == 0 ? KeyRowWords::tr("Key column") : KeyRowWords::tr("Key column %1").arg(place + 1);
    PropertyRow row = choiceRow(herePrefix + QString::number(place), title,
                                KeyRowWords::tr("A column that both tables know a row by, such as the country. None: this key does not count."), key, names);
    if (around.known && !key.empty() && !names.contains(shown(key)))
        row.problem = KeyRowWords::tr("There is no column “%1” at this place of the recipe. Choose another.").arg(shown(key));
    return row;
}

QString thereProblem(const std::string& key, const std::string& otherKey, const StepSurroundings& around) {
    const QString table = shown(around.other->name);
    if (otherKey.empty()) return KeyRowWords::tr("Choose the column of “%1” that means the same as “%2”.").arg(table, shown(key));
    const OtherTable::Column* there = around.other->find(otherKey);
    if (!there) return KeyRowWords::tr("The table “%1” has no column “%2”. Choose the one that means the same as “%3”.").arg(table, shown(otherKey), shown(key));
    const auto here = around.input.find(key);
    if (!around.known || !here) return {};
    const ColumnKind kind = around.input.info(*here).kind;
    if (comparedAs(kind) == comparedAs(there->kind) && comparedAs(kind) != Compared::Nothing) return {};
    return KeyRowWords::tr("“%1” holds %2 here and %3 there: nothing would be found. Choose another, or change the type of one of them first.")
        .arg(shown(key), kindWords(kind), kindWords(there->kind));
}

PropertyRow thereRow(std::size_t place, const std::string& key, const std::string& otherKey, const StepSurroundings& around) {
    PropertyRow row = choiceRow(therePrefix + QString::number(place), KeyRowWords::tr("the same in %1").arg(shown(around.other->name)),
                                KeyRowWords::tr("The column of the other table in which the same values stand."), otherKey, around.other->names());
    row.problem = thereProblem(key, otherKey, around);
    return row;
}

QStringList keysToChoose(const StepSurroundings& around) {
    QStringList names;
    for (std::size_t i = 0; i < around.input.columnCount(); ++i)
        if (comparedAs(around.input.info(i).kind) != Compared::Nothing) names << shown(around.input.info(i).name);
    return names;
}

struct KeyLists {
    std::vector<std::string> here, there;
};

KeyLists keysOf(const RecipeStep& step) {
    const auto textsIn = [&](const char* id) {
        return step.settings.contains(id) && step.settings[id].is_array() ? step.settings[id].get<std::vector<std::string>>() : std::vector<std::string>();
    };
    KeyLists lists{textsIn("keys"), textsIn("other_keys")};
    if (lists.there.empty()) lists.there = lists.here;
    lists.there.resize(lists.here.size());
    return lists;
}

void chooseHere(KeyLists& keys, std::size_t place, const std::string& column, const std::optional<OtherTable>& other) {
    const std::string same = other && other->find(column) ? column : std::string();
    if (column.empty() && place < keys.here.size()) {
        keys.here.erase(keys.here.begin() + static_cast<std::ptrdiff_t>(place));
        keys.there.erase(keys.there.begin() + static_cast<std::ptrdiff_t>(place));
    } else if (!column.empty() && place >= keys.here.size()) {
        keys.here.push_back(column);
        keys.there.push_back(same);
    } else if (!column.empty()) {
        // A column chosen there by hand stays, one that was found by its name follows.
        if (keys.there[place].empty() || keys.there[place] == keys.here[place]) keys.there[place] = same;
        keys.here[place] = column;
    }
}

}  // namespace

std::vector<PropertyRow> keyRows(const std::vector<std::string>& keys, const std::vector<std::string>& otherKeys, const StepSurroundings& around) {
    const QStringList names = keysToChoose(around);
    std::vector<PropertyRow> rows;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        rows.push_back(hereRow(i, keys[i], around, names));
        rows.push_back(thereRow(i, keys[i], otherKeys.empty() ? keys[i] : i < otherKeys.size() ? otherKeys[i] : std::string(), around));
    }
    rows.push_back(hereRow(keys.size(), {}, around, names));
    if (!keys.empty()) {
        rows.back().title = KeyRowWords::tr("One more key column");
        rows.back().help = KeyRowWords::tr("Where one column is not enough to know a row by, such as country and year: rows must agree in all of them.");
    }
    return rows;
}

bool changeKeys(RecipeStep& step, const QString& row, const std::string& column, const std::optional<OtherTable>& other) {
    const bool here = row.startsWith(herePrefix);
    if (!here && !row.startsWith(therePrefix)) return false;
    const auto place = static_cast<std::size_t>(row.mid((here ? herePrefix : therePrefix).size()).toUInt());
    KeyLists keys = keysOf(step);
    if (here) chooseHere(keys, place, column, other);
    else if (place < keys.there.size()) keys.there[place] = column;
    step.settings["keys"] = keys.here;
    step.settings["other_keys"] = keys.there;
    return true;
}

}  // namespace lamina
