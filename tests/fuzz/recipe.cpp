// Any text as a recipe's JSON, run on a small table with what it says it has learned, and once more learning anew: tables or errors, never a crash.
#include <cstddef>
#include <cstdint>

#include "core/data/cleaning/recipe.h"
#include "tests/fuzz/targets.h"

namespace {

using lamina::ColumnKind;

lamina::Table smallTable() {
    lamina::ColumnData number(ColumnKind::Number), integer(ColumnKind::Integer), flag(ColumnKind::Boolean), category(ColumnKind::Category),
        text(ColumnKind::Text), time(ColumnKind::Time);
    for (int row = 0; row < 9; ++row) {
        row % 4 == 3 ? number.addMissing() : number.addNumber(row * 0.5 - 1);
        row % 5 == 4 ? integer.addMissing() : integer.addInteger(row * row - 7);
        row % 4 == 2 ? flag.addMissing() : flag.addBoolean(row % 2 == 0);
        category.addCode(row % 4 - 1);
        row % 3 == 2 ? text.addMissing() : text.addText(row % 2 ? "12 kg, \xc3\xa9t\xc3\xa9" : "03/04/2024");
        row % 6 == 5 ? time.addMissing() : time.addInteger(row * 100'000'000'000);
    }
    category.setDictionary({"red", "Red", "green"});
    std::vector<lamina::TableColumn> columns;
    const auto add = [&](lamina::ColumnData& data, const char* name) {
        columns.push_back(lamina::TableColumn::inMemory(std::move(data), name, name));
    };
    add(number, "number"), add(integer, "integer"), add(flag, "flag"), add(category, "category"), add(text, "text"), add(time, "time");
    return *lamina::Table::of(std::move(columns));
}

}  // namespace

LAMINA_FUZZ_TARGET(recipe)(const std::uint8_t* data, std::size_t size) {
    static const lamina::Table table = smallTable();
    const auto json = nlohmann::json::parse(data, data + size, nullptr, false);
    if (json.is_discarded()) return 0;
    const auto recipe = lamina::recipeFromJson(json);
    if (!recipe || recipe->steps.size() > 6) return 0;
    (void)lamina::recipeHash(*recipe);
    lamina::RecipeRun run;
    run.context.threads = 1;
    run.context.otherTable = [](const std::string&) { return lamina::Result<lamina::Table>(table); };
    run.refit = false;
    (void)lamina::runRecipe(table, *recipe, run);
    run.refit = true;
    (void)lamina::runRecipe(table, *recipe, run);
    return 0;
}
