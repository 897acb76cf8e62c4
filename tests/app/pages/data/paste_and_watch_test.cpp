// What comes to the Data page by itself: cells from the clipboard, and changes of the source.
#include <gtest/gtest.h>

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>

#include "app/jobs/source_state.h"
#include "app/pages/data/import_dialog.h"
#include "app/pages/data/opened_dataset.h"
#include "app/pages/data/pasted_table.h"
#include "tests/app/pages/data/page_fixture.h"
#include "widgets/common/notice.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

std::unique_ptr<QMimeData> clip(const QString& text, const QString& html = {}) {
    auto data = std::make_unique<QMimeData>();
    if (!text.isEmpty()) data->setText(text);
    if (!html.isEmpty()) data->setHtml(html);
    return data;
}

TEST(PastedTable, TextOfASpreadsheetIsTakenAsItIs) {
    const QString text = "name\tprice\nA\t\"a \"\"good\"\" one\nin two lines\"\nB\t1,50\n";
    EXPECT_EQ(pastedTable(*clip(text, "<table><tr><td>x</td></tr></table>")), text);
    EXPECT_EQ(pastedTable(*clip(QString(text).replace("\n", "\r\n"))), text) << "Excel's line ends";
    EXPECT_EQ(pastedTable(*clip("1\n2\n3\n")), "1\n2\n3\n") << "one column";
}

TEST(PastedTable, WhereTheTextIsRaggedTheTableOfAPageIsTaken) {
    const QString html = "<html><body><p>Prices</p><table border=1><TR><TH>name</TH><th>price &amp; more</th></tr>"
                         "<tr><td>A<br>B</td><td>1,5</td></tr><tr><td colspan=2>none</td></tr></table></body></html>";
    EXPECT_EQ(pastedTable(*clip("Prices\nname\tprice & more\nA\nB\t1,5", html)), "name\tprice & more\n\"A\nB\"\t1,5\nnone\t\n");
}

TEST(PastedTable, AWordIsNoTable) {
    EXPECT_FALSE(pastedTable(*clip("hello")));
    EXPECT_FALSE(pastedTable(*clip("hello\n")));
    EXPECT_FALSE(pastedTable(*clip({}, "<b>hello</b>")));
    EXPECT_FALSE(pastedTable(QMimeData()));
}

TEST_F(DataPageTest, CellsFromTheClipboardBecomeADatasetOfThatName) {
    const auto notice = [&] { return page.findChild<Notice*>("notice"); };
    QGuiApplication::clipboard()->setText("hello");
    page.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&page));
    QTest::keyClick(&page, Qt::Key_V, Qt::ControlModifier);
    ASSERT_TRUE(wait([&] { return notice()->isVisible(); }));
    EXPECT_TRUE(notice()->text().contains("no table")) << notice()->text().toStdString();

    QString text = "name\tprice\tkind\r\n";
    for (int i = 0; i < 40; ++i) text += QStringLiteral("thing %1\t%2,%3\t%4\r\n").arg(i).arg(i).arg(i % 10).arg(i % 2 ? "a" : "b");
    QGuiApplication::clipboard()->setText(text);
    QTest::keyClick(&page, Qt::Key_V, Qt::ControlModifier);
    ASSERT_TRUE(wait([&] { return page.window()->findChild<ImportDialog*>() != nullptr; }));
    auto* dialog = page.window()->findChild<ImportDialog*>();
    auto* accept = dialog->findChild<QPushButton*>("import_start");
    ASSERT_TRUE(accept);
    ASSERT_TRUE(wait([&] { return accept->isEnabled(); }));
    auto* name = dialog->findChild<QLineEdit*>("import_name");
    EXPECT_EQ(name->text(), "Pasted table");
    name->setText("Prices");
    shot(*dialog, "paste_preview");
    accept->click();
    ASSERT_TRUE(wait([&] { return page.opened() && page.opened()->split && workspace.tasks().runningCount() == 0; }));
    const DatasetRecord& record = page.opened()->record;
    EXPECT_EQ(record.name, "Prices");
    EXPECT_EQ(record.rows, 40);
    ASSERT_EQ(record.columns.size(), 3u);
    EXPECT_EQ(record.columns[1].kind, "number") << "decimal commas";
}

TEST_F(DataPageTest, AChangedFolderIsSaidAndBroughtInOnAsking) {
    const Path photos = folder.path() / "photos";
    const auto picture = [&](const std::string& name, int value) {
        std::filesystem::create_directories((photos / name).parent_path());
        std::string text = "P2 8 8 255\n";
        for (int i = 0; i < 64; ++i) text += std::to_string(value + i) + " ";
        std::ofstream(photos / name) << text;
    };
    for (int i = 0; i < 20; ++i) {
        picture("dark/" + std::to_string(i) + ".pgm", i);
        picture("bright/" + std::to_string(i) + ".pgm", 150 + i);
    }
    ASSERT_TRUE(import(photos));
    auto* notice = page.findChild<Notice*>("source_notice");
    QTest::qWait(1500);
    EXPECT_FALSE(notice->isVisible()) << "nothing has changed: " << notice->text().toStdString();
    for (int i = 0; i < 3; ++i) picture("dark/new" + std::to_string(i) + ".pgm", 30 + i);
    std::ofstream(photos / "bright/0.pgm", std::ios::app) << "\n";
    ASSERT_TRUE(wait([&] { return notice->isVisible() && notice->text().contains("3 new picture") && notice->text().contains("1 changed"); })) << notice->text().toStdString();
    shot(page, "watch_notice");
    notice->findChild<QPushButton*>("notice_button")->click();
    ASSERT_TRUE(wait([&] { return page.opened()->record.rows == 43 && workspace.tasks().runningCount() == 0; }));
    EXPECT_EQ(page.opened()->split->counts[0] + page.opened()->split->counts[1] + page.opened()->split->counts[2], 43);
    auto* said = page.findChild<Notice*>("notice");
    ASSERT_TRUE(wait([&] { return said->isVisible() && said->text().contains("43 rows now"); })) << said->text().toStdString();
    EXPECT_TRUE(said->text().contains("3 new")) << said->text().toStdString();
    shot(page, "watch_brought_in");
    QTest::qWait(1500);
    EXPECT_FALSE(notice->isVisible()) << "what was brought in is no news";
}

TEST_F(DataPageTest, AClosedNoticeOfTheSourceStaysClosedUntilMoreChanges) {
    const Path file = csv("sales.csv", 60);
    ASSERT_TRUE(import(file));
    auto* notice = page.findChild<Notice*>("source_notice");
    QTest::qWait(1000);
    std::ofstream(file, std::ios::app) << "1;red;late;a\n";
    ASSERT_TRUE(wait([&] { return notice->isVisible(); }));
    EXPECT_TRUE(notice->text().contains("sales.csv has changed")) << notice->text().toStdString();
    notice->hide();
    emit notice->closed();
    QTest::qWait(1600);
    EXPECT_FALSE(notice->isVisible());
    std::ofstream(file, std::ios::app) << "2;red;later;b\n";
    EXPECT_TRUE(wait([&] { return notice->isVisible(); }));
}

TEST(SourceState, TellsNewChangedAndGoneFilesApart) {
    TemporaryFolder folder;
    const Path source = folder / "source";
    std::filesystem::create_directories(source / "a");
    std::filesystem::create_directories(source / ".hidden");
    for (const char* name : {"a/1.png", "a/2.png", "3.png", ".hidden/4.png"}) std::ofstream(source / name) << name;
    const auto before = lookAtSource(source);
    ASSERT_TRUE(before);
    EXPECT_EQ(before->files.size(), 3u);
    std::filesystem::remove(source / "a/2.png");
    std::ofstream(source / "3.png") << "longer than before";
    for (const char* name : {"a/5.png", "a/6.png"}) std::ofstream(source / name) << name;
    const auto now = lookAtSource(source);
    ASSERT_TRUE(now);
    EXPECT_EQ(changesBetween(*before, *now), (SourceChange{2, 1, 1}));
    EXPECT_FALSE(changesBetween(*now, *now).any());
    EXPECT_FALSE(lookAtSource(folder / "nowhere"));
}

}  // namespace
}  // namespace lamina
