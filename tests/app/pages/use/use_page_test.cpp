// The page in a window without a screen: trying a model, predicting a file, exporting with proof.
#include "app/pages/use/use_page.h"

#include <gtest/gtest.h>

#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <QToolButton>

#include "app/pages/use/export_card.h"
#include "app/pages/use/picture_view.h"
#include "app/pages/use/predict_file_card.h"
#include "app/pages/use/probability_bars.h"
#include "app/pages/use/try_card.h"
#include "app/workspace/language.h"
#include "app/workspace/workspace.h"
#include "tests/app/pages/use/trained_project.h"
#include "widgets/common/elided_label.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

bool eventually(const std::function<bool()>& condition) { return QTest::qWaitFor(condition, 20000); }

class UseWindow : public testing::Test {
protected:
    void SetUp() override {
        QStandardPaths::setTestModeEnabled(true);
        applyTheme(ThemeChoice::Light);
    }
    void open(const std::function<void(const Path& folder, Project& project)>& make) {
        {
            auto project = must(Project::create(folder / "p.lamina"));
            make(folder.path(), *project);
        }
        workspace.open(QString::fromStdString((folder / "p.lamina").string()));
        ASSERT_TRUE(eventually([&] { return workspace.isOpen(); }));
        page = std::make_unique<UsePage>(workspace);
        page->resize(1120, 660);
        page->show();
    }
    void openTrees() {
        open([](const Path& folder, Project& project) {
            writeKindsOfTrees(folder / "trees.csv");
            trainOn(project, folder / "trees.csv", "kind", "mlp");
        });
        ASSERT_TRUE(eventually([&] { return answer() == "ash" || answer() == "birch" || answer() == "cedar"; }));
    }
    template <class W>
    W* find(const char* name) { return page->findChild<W*>(name); }
    QString answer() { return page->findChild<ElidedLabel*>("try_answer")->fullText(); }
    QString text(const char* name) { return find<QLabel>(name)->text(); }
    void take(const char* name) {
        if (const auto folder = qEnvironmentVariable("LAMINA_SHOTS"); !folder.isEmpty()) {
            QDir().mkpath(folder);
            page->grab().save(folder + "/use_" + name + ".png");
        }
    }
    void TearDown() override {
        page.reset();
        workspace.close();
    }

    TemporaryFolder folder;
    Workspace workspace;
    std::unique_ptr<UsePage> page;
};

TEST_F(UseWindow, WithoutATrainedRunItSaysSoAndLeadsToTraining) {
    open([](const Path&, Project&) {});
    QSignalSpy wanted(&workspace, &Workspace::pageWanted);
    auto* train = find<QPushButton>("use_train");
    ASSERT_TRUE(train->isVisible());
    train->click();
    ASSERT_EQ(wanted.size(), 1);
    EXPECT_EQ(wanted[0][0].toString(), "train");
    take("empty");
}

TEST_F(UseWindow, ATypedRowIsAnsweredAndWhatWasNotUnderstoodStandsAtItsField) {
    openTrees();
    take("table_light");
    auto* height = find<QLineEdit>("field_0");
    auto* width = find<QLineEdit>("field_1");
    ASSERT_TRUE(height && width);
    for (QLineEdit* field : {height, width}) field->selectAll();
    QTest::keyClicks(height, "0.1");
    QTest::keyClicks(width, "5");
    EXPECT_TRUE(eventually([&] { return answer() == "ash" && text("try_truth").isEmpty() == false && !find<QLabel>("try_truth")->isVisible(); }));
    EXPECT_EQ(page->findChild<ElidedLabel*>("try_place")->fullText(), "Typed by you");
    height->selectAll();
    QTest::keyClicks(height, "tall");
    EXPECT_TRUE(eventually([&] { return find<QLabel>("try_error")->isVisible(); }));
    bool said = false;
    for (const auto* label : page->findChildren<QLabel*>()) said |= label->isVisible() && label->text().contains("\"tall\" is not a number");
    EXPECT_TRUE(said);
    take("table_not_a_number");
}

TEST_F(UseWindow, SteppingShowsTheItemsKeptAside) {
    openTrees();
    auto* place = page->findChild<ElidedLabel*>("try_place");
    EXPECT_TRUE(place->fullText().startsWith("Item 1 of 18")) << place->fullText().toStdString();
    EXPECT_TRUE(find<QLabel>("try_truth")->isVisible());
    find<QToolButton>("try_next")->click();
    EXPECT_TRUE(eventually([&] { return place->fullText().startsWith("Item 2 of"); })) << place->fullText().toStdString();
    find<QToolButton>("try_previous")->click();
    find<QToolButton>("try_previous")->click();
    EXPECT_TRUE(eventually([&] { return place->fullText().startsWith("Item 18 of"); })) << place->fullText().toStdString();
}

TEST_F(UseWindow, AFileComesBackWithAnswersAndTheCountOfThoseWithout) {
    openTrees();
    std::ofstream(folder / "new.csv") << "height,width,soil\n0.1,5,clay\ntall,5,clay\n";
    auto* card = page->findChild<PredictFileCard*>("predict_card");
    card->predictTo(QString::fromStdString((folder / "new.csv").string()), QString::fromStdString((folder / "answers.csv").string()));
    ASSERT_TRUE(eventually([&] { return find<QLabel>("predict_result")->isVisible(); }));
    EXPECT_TRUE(text("predict_result").contains("answers.csv")) << text("predict_result").toStdString();
    EXPECT_TRUE(text("predict_result").contains("could not be answered")) << text("predict_result").toStdString();
    EXPECT_NE(must(readTextFile(folder / "answers.csv")).find("is not a number"), std::string::npos);
    EXPECT_EQ(workspace.tasks().rowCount(), 1);
    EXPECT_TRUE(find<QPushButton>("predict_open_folder")->isVisible());
    EXPECT_TRUE(find<QPushButton>("predict_open_table")->isVisible());
    EXPECT_FALSE(text("predict_hint").contains("recipe")) << "there is none: " << text("predict_hint").toStdString();
}

TEST_F(UseWindow, ThatRowsAreCleanedByTheRecipeIsSaidBeforeAFileIsGiven) {
    open([](const Path& folder, Project& project) {
        writeKindsOfTrees(folder / "trees.csv");
        Recipe recipe;
        const auto add = [&](const char* type, nlohmann::json settings) {
            recipe.steps.emplace_back();
            recipe.steps.back().type = type;
            recipe.steps.back().settings = std::move(settings);
        };
        add("fill_missing", {{"columns", {"height"}}, {"method", "median"}});
        add("drop_columns", {{"columns", {"soil"}}});
        add("trim_text", {{"columns", {"soil"}}});
        recipe.steps.back().enabled = false;
        trainOn(project, folder / "trees.csv", "kind", "mlp", 2, recipe);
    });
    ASSERT_TRUE(eventually([&] { return text("predict_hint").contains("recipe"); })) << text("predict_hint").toStdString();
    EXPECT_TRUE(text("predict_hint").contains("steps: 2")) << "one is switched off: " << text("predict_hint").toStdString();
    EXPECT_TRUE(text("export_inside").contains("cleaned columns (height, width; the recipe is written beside it)")) << text("export_inside").toStdString();
    QTest::qWait(20);
    take("recipe_light");
}

TEST_F(UseWindow, AFileWithoutAHeaderIsAnsweredAndItIsSaidHow) {
    openTrees();
    std::ofstream(folder / "new.csv") << "0,1;5,0;clay\n4,1;3,0;clay\n";
    auto* card = page->findChild<PredictFileCard*>("predict_card");
    const auto predict = [&] {
        card->predictTo(QString::fromStdString((folder / "new.csv").string()), QString::fromStdString((folder / "answers.csv").string()));
        EXPECT_TRUE(eventually([&] { return find<QLabel>("predict_result")->isVisible(); }));
    };
    predict();
    EXPECT_TRUE(text("predict_result").contains("no header row")) << text("predict_result").toStdString();
    EXPECT_TRUE(must(readTextFile(folder / "answers.csv")).starts_with("height;width;soil;prediction;")) << must(readTextFile(folder / "answers.csv"));
    QTest::qWait(20);
    take("file_without_header_light");
    std::ofstream(folder / "new.csv") << "height;tall\n1,5;2\n2,5;3\n";
    predict();
    ASSERT_TRUE(eventually([&] { return text("predict_result").contains("lacks columns"); })) << text("predict_result").toStdString();
    EXPECT_TRUE(text("predict_result").contains("width, soil")) << text("predict_result").toStdString();
    QTest::qWait(20);
    take("file_without_columns_light");
}

TEST_F(UseWindow, TheExportSaysItsProofInWords) {
    openTrees();
    auto* card = page->findChild<ExportCard*>("export_card");
    const Path file = folder / "trees.onnx";
    card->exportTo(QString::fromStdString(file.string()));
    EXPECT_FALSE(find<QPushButton>("export_start")->isEnabled());
    ASSERT_TRUE(eventually([&] { return find<QLabel>("export_verdict")->isVisible(); }));
    EXPECT_TRUE(text("export_verdict").startsWith("Proven")) << text("export_verdict").toStdString() << text("export_result").toStdString();
    EXPECT_TRUE(text("export_result").contains("Largest difference"));
    EXPECT_TRUE(std::filesystem::exists(file));
    take("exported_light");
    applyTheme(ThemeChoice::Dark);
    QTest::qWait(20);
    take("exported_dark");
    card->exportTo("/proc/no/such/folder/m.onnx");
    ASSERT_TRUE(eventually([&] { return text("export_verdict").startsWith("The export failed"); }));
    EXPECT_FALSE(text("export_result").isEmpty());
    take("export_failed_dark");
}

TEST_F(UseWindow, PicturesAreShownWithTheClassesAsBars) {
    open([](const Path& folder, Project& project) {
        writePictures(folder / "pictures");
        trainOn(project, folder / "pictures", "", "cnn", 8);
    });
    auto* view = page->findChild<PictureView*>();
    ASSERT_TRUE(eventually([&] { return !view->picture().isNull(); }));
    EXPECT_EQ(view->picture().size(), QSize(8, 8));
    EXPECT_TRUE(find<QWidget>("probability_0")->isVisible());
    EXPECT_TRUE(find<QPushButton>("try_choose")->isVisible());
    EXPECT_GE(qGray(view->picture().pixel(0, 0)) + qGray(view->picture().pixel(4, 0)) + qGray(view->picture().pixel(7, 0)), 200);
    take("pictures_light");
    QImage photo(640, 480, QImage::Format_RGB32);
    photo.fill(Qt::black);
    for (int y = 0; y < 480; ++y)
        for (int x = 430; x < 640; ++x) photo.setPixel(x, y, qRgb(230, 230, 230));
    const QString file = QString::fromStdString((folder / "photo.png").string());
    ASSERT_TRUE(photo.save(file));
    ASSERT_TRUE(page->dropFiles({file}));
    ASSERT_TRUE(eventually([&] { return view->picture().size() == photo.size(); }));
    EXPECT_EQ(answer(), "2");
    EXPECT_EQ(page->findChild<ElidedLabel*>("try_place")->fullText(), "A picture of your own");
    EXPECT_FALSE(find<QLabel>("try_truth")->isVisible());
    take("photo_light");
    std::ofstream(folder / "broken.png") << "no picture";
    ASSERT_TRUE(page->dropFiles({QString::fromStdString((folder / "broken.png").string())}));
    ASSERT_TRUE(eventually([&] { return find<QLabel>("try_error")->isVisible(); }));
    EXPECT_TRUE(text("try_error").contains("broken.png")) << text("try_error").toStdString();
}

TEST_F(UseWindow, NumbersAreSaidInTheirUnit) {
    open([](const Path& folder, Project& project) {
        writePrices(folder / "prices.csv");
        trainOn(project, folder / "prices.csv", "price", "mlp");
    });
    ASSERT_TRUE(eventually([&] { return find<QLabel>("try_truth")->isVisible(); }));
    EXPECT_TRUE(text("try_truth").startsWith("In the data: "));
    EXPECT_FALSE(find<QWidget>("probability_0")->isVisible());
    take("number_light");
}

TEST_F(UseWindow, EveryAnswerOfAModelWithSeveralCanBeLookedAt) {
    open([](const Path& folder, Project& project) { trainOnPhotos(project, folder); });
    ASSERT_TRUE(eventually([&] { return answer() == "dark" || answer() == "bright"; }));
    auto* outputs = find<QComboBox>("try_output");
    EXPECT_TRUE(outputs->isVisible());
    EXPECT_EQ(text("try_answer_title"), "The model says for shade");
    EXPECT_TRUE(find<PictureView>("try_row_picture")->isVisible()) << "the picture that belongs to the row";
    take("outputs_class");
    outputs->setCurrentIndex(1);
    EXPECT_EQ(text("try_answer_title"), "The model says for price");
    EXPECT_TRUE(answer() != "dark" && answer() != "bright");
    EXPECT_TRUE(text("try_truth").startsWith("In the data: "));
    EXPECT_FALSE(page->findChild<ProbabilityBars*>()->isVisible());
    take("outputs_number");
    QTest::mouseClick(find<QToolButton>("try_next"), Qt::LeftButton);
    ASSERT_TRUE(eventually([&] { return page->findChild<ElidedLabel*>("try_place")->fullText().startsWith("Item 2"); }));
    EXPECT_EQ(text("try_answer_title"), "The model says for price") << "the choice stays";
}

TEST_F(UseWindow, ThereIsRoomForThePanelsBesideIt) {
    openTrees();
    EXPECT_LE(page->minimumSizeHint().width(), 800) << "a window of 1366 pixels also holds the rail and a panel";
}

TEST_F(UseWindow, ClosingTheProjectForgetsTheModel) {
    openTrees();
    workspace.close();
    EXPECT_TRUE(find<QPushButton>("use_train")->isVisible());
    EXPECT_FALSE(page->dropFiles({"anything.csv"}));
}

TEST(ProbabilityBars, ShowsTheSurestOnTop) {
    ProbabilityBars bars;
    bars.show({"a", "b", "c", "d", "e", "f"}, {0.1f, 0.5f, 0.05f, 0.2f, 0.1f, 0.05f});
    EXPECT_EQ(bars.findChild<QWidget*>("probability_0")->accessibleName(), "b");
    EXPECT_EQ(bars.findChild<QWidget*>("probability_1")->accessibleName(), "d");
    EXPECT_EQ(bars.findChild<QWidget*>("probability_4")->accessibleName(), "c");
    EXPECT_EQ(ProbabilityBars::percentText(0.9824), "98.2 %");
    EXPECT_EQ(ProbabilityBars::percentText(0.0001), "<0.1 %");
}

}  // namespace
}  // namespace lamina
