// The palette of layers.
#include "widgets/graph/layer_palette.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QCoreApplication>
#include <QLineEdit>
#include <QMimeData>
#include <QMouseEvent>
#include <QTest>
#include <QTreeView>

#include "widgets/graph/graph_view.h"

namespace lamina {
namespace {

std::vector<GraphLayer> paletteLayers() {
    return {{"dense", "Dense", "Weighted sums.", "Basics", 0, 1, 1, {}},
            {"flatten", "Flatten", "One long row.", "Basics", 0, 1, 1, {}},
            {"relu", "ReLU", "Cuts off what is negative.", "Activation", 4, 1, 1, {}}};
}

struct Palette : LayerPalette {
    std::vector<std::string> added;
    Palette() {
        setLayers(paletteLayers());
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
    model.setLayers(paletteLayers());
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

/// With layers used often, and other words for them.
std::vector<GraphLayer> manyLayers() {
    auto all = paletteLayers();
    all[0].often = all[2].often = true;
    all[0].words = "Linear, fully connected";
    all.push_back({"conv2d", "Convolution 2D", "Finds patterns; a linear filter.", "Convolution", 1, 1, 1, {}, "CNN", false});
    return all;
}

struct LongPalette : Palette {
    LongPalette() {
        resize(260, 500);
        LayerPalette::setLayers({});
        setLayers(manyLayers());
    }
    QModelIndex group(int row) { return shown()->index(row, 0); }
    QString found() { return tree()->currentIndex().data().toString(); }
    void searchFor(const char* text) {
        search()->clear();
        QTest::keyClicks(search(), text);
    }
};

TEST(LayerPalette, LayersUsedOftenStandFirstAndInTheirCategory) {
    LayerPaletteModel model;
    QAbstractItemModelTester tester(&model);
    model.setLayers(manyLayers(), "Often used");
    ASSERT_EQ(model.rowCount(), 4);
    EXPECT_EQ(model.index(0, 0).data().toString(), "Often used");
    EXPECT_EQ(model.rowCount(model.index(0, 0)), 2);
    EXPECT_EQ(model.rowCount(model.index(1, 0)), 2) << "the category is whole";
}

TEST(LayerPalette, OtherWordsFindTheLayer) {
    LongPalette palette;
    palette.searchFor("linear");
    EXPECT_EQ(palette.found(), "Dense") << "a word for it counts more than one in an explanation";
    palette.searchFor("fully conn");
    EXPECT_EQ(palette.found(), "Dense");
    palette.searchFor("conv-2d");
    EXPECT_EQ(palette.found(), "Convolution 2D");
    palette.searchFor("patterns finds");
    EXPECT_EQ(palette.found(), "Convolution 2D") << "words in any order";
    palette.searchFor("relu");
    ASSERT_EQ(palette.shown()->rowCount(), 1) << "nothing is found twice";
    QTest::keyClick(palette.search(), Qt::Key_Return);
    EXPECT_EQ(palette.added, std::vector<std::string>{"relu"});
}

TEST(LayerPalette, OnlyTheFirstGroupIsOpenAtFirst) {
    LongPalette palette;
    EXPECT_TRUE(palette.tree()->isExpanded(palette.group(0)));
    for (int row = 1; row < 4; ++row) EXPECT_FALSE(palette.tree()->isExpanded(palette.group(row))) << row;
}

TEST(LayerPalette, GroupsStayAsPeopleLeftThem) {
    LongPalette palette;
    QTest::mouseClick(palette.tree()->viewport(), Qt::LeftButton, {}, palette.tree()->visualRect(palette.group(2)).center());
    EXPECT_TRUE(palette.tree()->isExpanded(palette.group(2))) << "a click on its title opens a group";
    palette.tree()->setCurrentIndex(palette.group(0));
    QTest::keyClick(palette.tree(), Qt::Key_Return);
    EXPECT_FALSE(palette.tree()->isExpanded(palette.group(0))) << "Enter closes an open one";
    palette.searchFor("conv");
    palette.search()->clear();
    palette.setLayers(manyLayers());
    for (int row = 0; row < 4; ++row) EXPECT_EQ(palette.tree()->isExpanded(palette.group(row)), row == 2) << "after a search and another language: " << row;
}

TEST(LayerPalette, ADoubleClickOpensAGroup) {
    LongPalette palette;
    const QPoint title = palette.tree()->visualRect(palette.group(1)).center();
    QWidget* viewport = palette.tree()->viewport();
    QTest::mouseClick(viewport, Qt::LeftButton, {}, title);
    QMouseEvent second(QEvent::MouseButtonDblClick, title, viewport->mapToGlobal(title), Qt::LeftButton, Qt::LeftButton, {});
    QCoreApplication::sendEvent(viewport, &second);
    QTest::mouseRelease(viewport, Qt::LeftButton, {}, title);
    EXPECT_TRUE(palette.tree()->isExpanded(palette.group(1)));
}

TEST(LayerPalette, ADraggedLayerCarriesItsId) {
    LayerPaletteModel model;
    model.setLayers(paletteLayers());
    const std::unique_ptr<QMimeData> data(model.mimeData({model.index(0, 0, model.index(1, 0))}));
    ASSERT_TRUE(data);
    EXPECT_EQ(data->data(layerMimeType), "relu");
    EXPECT_FALSE(model.flags(model.index(0, 0)) & Qt::ItemIsDragEnabled) << "a category is not a layer";
}

}  // namespace
}  // namespace lamina
