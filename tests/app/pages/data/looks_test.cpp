// The page and its dialog in both themes and languages, as pictures for people to look at ($LAMINA_SHOTS; translations from $LAMINA_QM).
#include <QDir>
#include <QTranslator>

#include "app/pages/data/import_dialog.h"
#include "tests/app/pages/data/page_fixture.h"
#include "widgets/common/theme.h"
#include "widgets/gallery/thumbnail_gallery.h"

namespace lamina {
namespace {

struct Look {
    ThemeChoice theme;
    const char* language;
    QString name() const { return QString(theme == ThemeChoice::Dark ? "dark_" : "light_") + language; }
};

class LooksTest : public DataPageTest, public testing::WithParamInterface<Look> {
protected:
    void SetUp() override {
        DataPageTest::SetUp();
        applyTheme(GetParam().theme);
        applyLanguage(GetParam().language);
        const QDir place(qEnvironmentVariable("LAMINA_QM"));
        if (qEnvironmentVariableIsEmpty("LAMINA_QM") || GetParam().language != std::string("zh")) return;
        for (const QString& file : place.entryList({"*.qm"})) {
            auto* translator = new QTranslator(this->translators.get());
            if (translator->load(place.filePath(file))) QCoreApplication::installTranslator(translator);
        }
    }
    void TearDown() override {
        translators.reset();
        applyLanguage("en");
        applyTheme(ThemeChoice::Light);
    }

    void shoot(const QString& name) {
        QWidget* panel = page.sidePanel();
        panel->resize(270, 620);
        panel->show();
        QTest::qWait(250);
        QPixmap both(page.width() + panel->width(), std::max(page.height(), panel->height()));
        both.fill(themeColours().window);
        page.render(&both);
        panel->render(&both, QPoint(page.width(), 0));
        const QString place = qEnvironmentVariable("LAMINA_SHOTS");
        if (!place.isEmpty()) both.save(place + "/data_" + name + "_" + GetParam().name() + ".png");
    }

    void fits(QWidget& widget, int width, int height) {
        EXPECT_LE(widget.minimumSizeHint().width(), width);
        EXPECT_LE(widget.minimumSizeHint().height(), height);
    }

    void dialog(const Path& source, const QString& name) {
        page.importFiles({QString::fromStdString(source.string())});
        QPointer<ImportDialog> dialog = page.findChild<ImportDialog*>("import_dialog");
        ASSERT_TRUE(dialog);
        ASSERT_TRUE(wait([&] { return dialog->ready(); }));
        fits(*dialog, 1200, 700);
        QTest::qWait(150);
        shot(*dialog, "import_" + name + "_" + GetParam().name());
        dialog->reject();
        ASSERT_TRUE(wait([&] { return !dialog; }));
    }

    std::unique_ptr<QObject> translators = std::make_unique<QObject>();
};

TEST_P(LooksTest, FitsASmallScreen) {
    shoot("empty");
    ASSERT_TRUE(import(csv()));
    page.resize(960, 620);
    shoot("table");
    fits(page, 960, 620);
    page.showView(PartsView);
    shoot("split");
    fits(page, 960, 620);
    dialog(csv("more.csv"), "table");
    std::ofstream(folder.path() / "paper.pdf", std::ios::binary) << std::string("%PDF-1.7\n\0\xff\xfe binary", 19);
    dialog(folder.path() / "paper.pdf", "refused");
    const Path fashion = "/usr/share/datasets/fashion-mnist";
    if (!std::filesystem::exists(fashion) || qEnvironmentVariableIsEmpty("LAMINA_SHOTS")) return;
    dialog(fashion, "pictures");
    ASSERT_TRUE(import(fashion));
    auto* gallery = page.findChild<ThumbnailGallery*>("data_gallery");
    ASSERT_TRUE(wait([&] {
        page.grab();
        return gallery->complete();
    }));
    shoot("gallery");
    page.showView(PartsView);
    shoot("split_pictures");
    const Path flowers = Path(LAMINA_SOURCE_DIR).parent_path() / "shared" / "data" / "flowers5";
    if (std::filesystem::exists(flowers)) dialog(flowers, "flowers");
}

INSTANTIATE_TEST_SUITE_P(Themes, LooksTest, testing::Values(Look{ThemeChoice::Light, "en"}, Look{ThemeChoice::Dark, "zh"}),
                         [](const auto& info) { return info.param.name().toStdString(); });

}  // namespace
}  // namespace lamina
