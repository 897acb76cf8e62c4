// The palette of layers.
#include "widgets/graph/layer_palette.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QMimeData>
#include <QTest>
#include <QTreeView>

#include "widgets/graph/graph_view.h"

namespace lamina {
namespace {

std::vector<GraphLayer> layers() {
    return {{"dense", "Dense", "Weighted sums.", "Basics", 0, 1, 1, {}},
            {"flatten", "Flatten", "One long row.", "Basics", 0, 1, 1, {}},
            {"relu", "ReLU", "Cuts off what is negative.", "Activation", 4, 1, 1, {}}};
}

struct Palette : LayerPalette {
    std::vector<std::string> added;
    Palette() {
        setLayers(layers());
        connect(this, &LayerPalette::chosen, this, [this](const std::string& type) { added.push_back(type); });
        show();
    }
    QLineEdit* search() { return findChild<QLineEdit*>("layerSearch"); }
    QTreeView* tree() { return findChild<QTreeView*>("layerTree"); }
    QAbstractItemModel* shown() { return tree()->model(); }
};

TEST(LayerPalette, IsAProperModel) {
    LayerPaletteModel model;
    QAbstractItemModelTester tester(&model);
    model.setLayers(layers());
    EXPECT_EQ(model.rowCount(), 2);
    EXPECT_EQ(model.rowCount(model.index(0, 0)), 2);
}

TEST(LayerPalette, SearchKeepsWhatMatchesNameKindOrExplanation) {
    Palette palette;
    QTest::keyClicks(palette.search(), "negative");
    ASSERT_EQ(palette.shown()->rowCount(), 1);
    EXPECT_EQ(palette.shown()->index(0, 0, palette.shown()->index(0, 0)).data().toString(), "ReLU");
    QTest::keyClick(palette.search(), Qt::Key_Return);
    EXPECT_EQ(palette.added, std::vector<std::string>{"relu"});
    QTest::keyClick(palette.search(), Qt::Key_Escape);
    EXPECT_EQ(palette.shown()->rowCount(), 2);
}

TEST(LayerPalette, EnterInTheListAddsTheLayer) {
    Palette palette;
    palette.tree()->setCurrentIndex(palette.shown()->index(1, 0, palette.shown()->index(0, 0)));
    QTest::keyClick(palette.tree(), Qt::Key_Return);
    EXPECT_EQ(palette.added, std::vector<std::string>{"flatten"});
}

TEST(LayerPalette, ADraggedLayerCarriesItsId) {
    LayerPaletteModel model;
    model.setLayers(layers());
    const std::unique_ptr<QMimeData> data(model.mimeData({model.index(0, 0, model.index(1, 0))}));
    ASSERT_TRUE(data);
    EXPECT_EQ(data->data(layerMimeType), "relu");
    EXPECT_FALSE(model.flags(model.index(0, 0)) & Qt::ItemIsDragEnabled) << "a category is not a layer";
}

}  // namespace
}  // namespace lamina
