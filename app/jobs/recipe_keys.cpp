#include "app/jobs/recipe_keys.h"

#include <algorithm>
#include <mutex>

#include "core/base/files.h"
#include "core/data/cleaning/kept_key.h"

namespace lamina {
namespace recipe_keys_parts {

using nlohmann::json;

constexpr std::uint64_t largestFile = 1 << 20;

/// use(key): for every key of the recipe's steps, empty ones left out.
template <class Use>
void eachKey(Recipe& recipe, Use use) {
    for (std::size_t i = 0; i < recipe.steps.size(); ++i) {
        RecipeStep& step = recipe.steps[i];
        const CleaningStepType* type = findCleaningStep(step.type);
        if (!type || !step.settings.is_object()) continue;
        for (const Property& property : type->properties) {
            if (property.limits.meaning != "secret") continue;
            const auto setting = step.settings.find(property.id);
            if (setting == step.settings.end() || !setting->is_string() || setting->get<std::string>().empty()) continue;
            if (auto key = setting->get<std::string>(); use(key, i)) *setting = key;
        }
    }
}

/// Of one project at a time: two steps may be saved by two threads.
std::mutex& keysLock() {
    static std::mutex lock;
    return lock;
}

}  // namespace recipe_keys_parts

Path keysFile(const Project& project) { return project.folder() / "keys.json"; }

Result<KeptKeys> readKeys(const Path& file) {
    using namespace recipe_keys_parts;
    std::error_code ignored;
    KeptKeys keys;
    if (!std::filesystem::exists(file, ignored)) return keys;
    LAMINA_TRY(const auto text, readTextFile(file, largestFile));
    const json object = json::parse(text, nullptr, false);
    const Error damaged = fail("recipe.keys_damaged", {{"file", file.string()}});
    if (!object.is_object()) return damaged;
    for (const auto& [reference, key] : object.items()) {
        if (!isKeptKey(reference) || !key.is_string()) return damaged;
        keys[reference] = key.get<std::string>();
    }
    return keys;
}

Result<void> keepKeys(Project& project, Recipe& recipe) {
    using namespace recipe_keys_parts;
    bool any = false;
    eachKey(recipe, [&](const std::string& key, std::size_t) {
        any = any || !isKeptKey(key);
        return false;
    });
    if (!any) return {};
    const std::scoped_lock lock(keysLock());
    LAMINA_TRY(auto keys, readKeys(keysFile(project)));
    const std::size_t before = keys.size();
    Recipe kept = recipe;
    eachKey(kept, [&](std::string& key, std::size_t) {
        if (isKeptKey(key)) return false;
        const auto known = std::find_if(keys.begin(), keys.end(), [&](const auto& one) { return one.second == key; });
        const std::string reference = known == keys.end() ? std::string(keptKeyMark) + newUuid() : known->first;
        keys[reference] = key;
        key = reference;
        return true;
    });
    // First the key, then what refers to it.
    if (keys.size() != before) LAMINA_CHECK(writeFileAtomically(keysFile(project), json(keys).dump(2, ' ', false, json::error_handler_t::replace)));
    recipe = std::move(kept);
    return {};
}

Recipe withKeys(const Project& project, Recipe recipe) {
    if (!hasKeys(recipe)) return recipe;
    const auto keys = readKeys(keysFile(project));
    if (!keys) return recipe;
    recipe_keys_parts::eachKey(recipe, [&](std::string& key, std::size_t) {
        const auto found = keys->find(key);
        if (found != keys->end()) key = found->second;
        return found != keys->end();
    });
    return recipe;
}

Recipe withoutKeys(Recipe recipe) {
    recipe_keys_parts::eachKey(recipe, [](std::string& key, std::size_t) {
        if (isKeptKey(key)) return false;
        key.clear();
        return true;
    });
    return recipe;
}

bool hasKeys(const Recipe& recipe) {
    bool any = false;
    Recipe looked = recipe;
    recipe_keys_parts::eachKey(looked, [&](const std::string&, std::size_t) {
        any = true;
        return false;
    });
    return any;
}

std::vector<std::size_t> stepsWithoutKey(const Project& project, const Recipe& recipe) {
    std::vector<std::size_t> numbers;
    Recipe known = withKeys(project, recipe);
    recipe_keys_parts::eachKey(known, [&](const std::string& key, std::size_t step) {
        if (isKeptKey(key)) numbers.push_back(step + 1);
        return false;
    });
    return numbers;
}

void putReferencesBack(Recipe& made, const Recipe& given) {
    for (std::size_t i = 0; i < std::min(made.steps.size(), given.steps.size()); ++i) made.steps[i].settings = given.steps[i].settings;
}

Result<RecipeResult> runWithKeys(const Project& project, const Table& source, const Recipe& recipe, const RecipeRun& run) {
    LAMINA_TRY(auto result, runRecipe(source, withKeys(project, recipe), run));
    putReferencesBack(result.recipe, recipe);
    return result;
}

}  // namespace lamina
