// The catalogue in words, as palette and canvas get it.
#include "app/pages/model/layer_words.h"

#include <gtest/gtest.h>

#include <set>

#include "app/workspace/language.h"

namespace lamina {
namespace {

TEST(LayerWords, EveryLayerIsOffered) {
    std::set<std::string> offered;
    for (const GraphLayer& layer : graphLayers()) EXPECT_TRUE(offered.insert(layer.id).second) << layer.id << " stands twice";
    for (const LayerType* type : layerCatalogue()) EXPECT_TRUE(offered.count(type->id)) << type->id << " is of a category that the palette does not know: " << type->category;
}

TEST(LayerWords, EveryCategoryHasWordsAndAColourOfItsOwn) {
    for (const char* language : {"en", "zh"}) {
        applyLanguage(language);
        std::map<int, QString> categories;
        for (const GraphLayer& layer : graphLayers()) {
            EXPECT_FALSE(layer.category.isEmpty());
            EXPECT_NE(layer.category, QString::fromStdString(findLayer(layer.id)->category)) << layer.id;
            EXPECT_EQ(categories.emplace(layer.colour, layer.category).first->second, layer.category) << "two categories in one colour";
        }
    }
    applyLanguage("en");
}

TEST(LayerWords, OtherWordsAreThoseOfBothLanguages) {
    for (const GraphLayer& layer : graphLayers()) {
        if (layer.id != "dense") continue;
        for (const char* word : {"fully connected", "\u5168\u8fde\u63a5", "Dense"}) EXPECT_TRUE(layer.words.contains(QString::fromUtf8(word))) << word;
    }
}

}  // namespace
}  // namespace lamina
