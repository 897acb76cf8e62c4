// The texts of everything that comes in kinds: all of them there, in English word for word as the descriptor says, and none left over.
// (For layers the battery in tests/core/layers asks the first two.)
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "core/data/cleaning/step_type.h"
#include "core/data/augmentations/augmentation.h"
#include "core/data/importers/importer.h"
#include "core/layers/operator.h"
#include "core/losses/loss_type.h"
#include "core/metrics/metric_type.h"
#include "core/optimizers/optimizer_type.h"
#include "core/schedules/schedule_type.h"
#include "core/tasks/task_type.h"

namespace lamina {
namespace {

std::map<std::string, nlohmann::json> texts() {
    std::map<std::string, nlohmann::json> all;
    for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(LAMINA_SOURCE_DIR) / "app/messages/texts")) {
        if (entry.path().extension() != ".json") continue;
        const auto file = nlohmann::json::parse(std::ifstream(entry.path()));
        for (const auto& [id, text] : file.items()) all[id] = text;
    }
    return all;
}

/// Id → English text of all that the kinds of a catalogue say about themselves.
template <class Catalogue>
void describe(const std::string& family, const Catalogue& catalogue, std::map<std::string, std::string>& all) {
    for (const auto* kind : catalogue) {
        const std::string prefix = family + "." + kind->id + ".";
        all[prefix + "title"] = kind->title;
        all[prefix + "summary"] = kind->summary;
        if constexpr (requires { kind->properties; })
            for (const Property& property : kind->properties) {
                all[prefix + property.id + ".title"] = property.title;
                all[prefix + property.id + ".help"] = property.help;
            }
    }
}

std::map<std::string, std::string> descriptions() {
    std::map<std::string, std::string> all;
    describe("layer", layerCatalogue(), all);
    describe("layer", std::vector<const LayerType*>{&operatorLayer()}, all);
    describe("loss", lossCatalogue(), all);
    describe("optimizer", optimizerCatalogue(), all);
    describe("schedule", scheduleCatalogue(), all);
    describe("metric", metricCatalogue(), all);
    describe("task", taskCatalogue(), all);
    describe("importer", importerCatalogue(), all);
    describe("augmentation", augmentationCatalogue(), all);
    describe("cleaning", cleaningStepCatalogue(), all);
    return all;
}

/// Where the words for choices stand: the window shows these, files keep the choices. Those of the kind itself come before the shared ones.
struct ChoiceWords {
    std::string own, shared;
};
template <class Catalogue>
void addChoices(const std::string& family, const Catalogue& catalogue, std::vector<ChoiceWords>& all) {
    for (const auto* kind : catalogue)
        for (const Property& property : kind->properties)
            for (const std::string& choice : property.limits.choices)
                all.push_back({family + "." + kind->id + "." + property.id + ".choice." + choice, "choice." + choice});
}
std::vector<ChoiceWords> choices() {
    std::vector<ChoiceWords> all;
    addChoices("layer", layerCatalogue(), all);
    addChoices("loss", lossCatalogue(), all);
    addChoices("optimizer", optimizerCatalogue(), all);
    addChoices("schedule", scheduleCatalogue(), all);
    addChoices("augmentation", augmentationCatalogue(), all);
    addChoices("cleaning", cleaningStepCatalogue(), all);
    return all;
}

bool isOfAKind(const std::string& id) {
    for (const char* family : {"layer.", "loss.", "optimizer.", "schedule.", "metric.", "task.", "importer.", "augmentation.", "cleaning."})
        if (id.starts_with(family) && std::count(id.begin(), id.end(), '.') >= 2) return true;
    return false;
}

TEST(KindTexts, EveryKindAndEveryPropertyHasItsTexts) {
    const auto all = texts();
    const auto described = descriptions();
    ASSERT_GT(described.size(), 100u);
    for (const auto& [id, english] : described) {
        const auto text = all.find(id);
        if (text == all.end()) {
            ADD_FAILURE() << id << " has no text in app/messages/texts";
            continue;
        }
        EXPECT_EQ(text->second.value("en", ""), english) << id;
        EXPECT_FALSE(text->second.value("zh", "").empty()) << id;
    }
}

TEST(KindTexts, EveryChoiceHasWordsThatAreNoIds) {
    const auto all = texts();
    ASSERT_FALSE(choices().empty());
    for (const auto& [own, shared] : choices()) {
        const std::string& id = all.count(own) ? own : shared;
        const auto text = all.find(id);
        if (text == all.end()) {
            ADD_FAILURE() << own << " and " << shared << " have no text in app/messages/texts";
            continue;
        }
        for (const char* language : {"en", "zh"}) {
            const std::string words = text->second.value(language, "");
            EXPECT_FALSE(words.empty()) << id;
            EXPECT_NE(words, id.substr(id.rfind('.') + 1)) << id;
        }
    }
}

TEST(KindTexts, NoTextIsAboutAKindOrPropertyThatIsNotThere) {
    auto described = descriptions();
    for (const auto& words : choices()) {
        described[words.own];
        described[words.shared];
    }
    for (const auto* layer : layerCatalogue()) described["layer." + layer->id + ".words"];  // what else people call it
    for (const auto& [id, text] : texts())
        EXPECT_TRUE((!isOfAKind(id) && !id.starts_with("choice.")) || described.count(id)) << id << " describes nothing";
}

}  // namespace
}  // namespace lamina
