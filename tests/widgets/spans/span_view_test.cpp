#include "widgets/spans/span_view.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QScrollBar>
#include <QTest>

#include "widgets/common/theme.h"

namespace lamina {
namespace {

const QColor orange(213, 94, 0), blue(0, 114, 178);

class SpanViewTest : public testing::Test {
protected:
    SpanViewTest() {
        view.resize(600, 400);
        view.setText("Anna Smith works for Acme in New York.\nAcme is large.");
        view.setLabel({"person", orange});
        QObject::connect(&view, &SpanView::edited, [this](const SpanEdit& edit) { edits.push_back(edit); });
        view.show();
    }
    void key(int key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&view, static_cast<Qt::Key>(key), modifiers); }
    QString marked(const SpanMark& span) const { return view.text().mid(span.begin, span.end - span.begin); }
    static SpanMark mark(const char* id, int begin, int end, const char* label = "person", QColor colour = orange) { return {id, begin, end, label, colour, false}; }

    SpanView view;
    std::vector<SpanEdit> edits;
};

TEST_F(SpanViewTest, WordsAreMarkedWithTheKeyboardAlone) {
    key(Qt::Key_Right, Qt::ShiftModifier);
    key(Qt::Key_Right, Qt::ShiftModifier);
    key(Qt::Key_Return);
    ASSERT_EQ(edits.size(), 1u);
    EXPECT_TRUE(edits[0].before.empty());
    EXPECT_EQ(marked(edits[0].after[0]), "Anna Smith");
    EXPECT_EQ(edits[0].after[0].label, "person");
    key(Qt::Key_Right);
    key(Qt::Key_Return);  // the word at the caret
    ASSERT_EQ(edits.size(), 2u);
    EXPECT_EQ(marked(edits[1].after[0]), "works");
}

TEST_F(SpanViewTest, WithoutAClassNothingIsMarkedAndItIsAsked) {
    int asked = 0;
    QObject::connect(&view, &SpanView::labelWanted, [&] { ++asked; });
    view.setLabel({});
    key(Qt::Key_Return);
    EXPECT_EQ(asked, 1);
    EXPECT_TRUE(edits.empty());
}

TEST_F(SpanViewTest, ADragMarksWholeWords) {
    SpanLayout layout;
    QFont reading = view.font();
    reading.setPointSizeF(reading.pointSizeF() * 1.15);
    layout.setFont(reading);
    layout.setText(view.text());
    layout.setWidth(view.viewport()->width() - 32);
    const auto lines = layout.lines(0, 10);
    const auto at = [&](int place) { return QPoint(16 + static_cast<int>(SpanLayout::xOf(*lines[0], place)) + 1, 44); };
    QTest::mousePress(view.viewport(), Qt::LeftButton, {}, at(6));
    QMouseEvent move(QEvent::MouseMove, at(12), view.viewport()->mapToGlobal(at(12)), Qt::NoButton, Qt::LeftButton, {});
    QApplication::sendEvent(view.viewport(), &move);
    QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, at(12));
    ASSERT_EQ(edits.size(), 1u);
    EXPECT_EQ(marked(edits[0].after[0]), "Smith works");
}

TEST_F(SpanViewTest, SpansAreSelectedChangedAndTakenAway) {
    view.setSpans({mark("a", 0, 10), mark("b", 21, 25)});
    key(Qt::Key_Tab);
    EXPECT_EQ(view.selected(), "a");
    key(Qt::Key_Tab);
    EXPECT_EQ(view.selected(), "b");
    view.setLabel({"firm", blue});
    view.labelSelected();
    ASSERT_EQ(edits.size(), 1u);
    EXPECT_EQ(edits[0].before[0].label, "person");
    EXPECT_EQ(edits[0].after[0].label, "firm");
    key(Qt::Key_Right, Qt::AltModifier);
    EXPECT_EQ(marked(edits.back().after[0]), "Acme in");
    key(Qt::Key_Left, Qt::AltModifier);
    EXPECT_EQ(marked(edits.back().after[0]), "Acme");
    key(Qt::Key_Delete);
    EXPECT_EQ(view.spans().size(), 1u);
    EXPECT_TRUE(edits.back().after.empty());
}

TEST_F(SpanViewTest, ProposalsAreAcceptedOneByOneOrAllAtOnce) {
    view.setSuggestions({mark("s1", 21, 25, "firm", blue), mark("s2", 39, 43, "firm", blue)});
    key(Qt::Key_E);
    ASSERT_EQ(edits.size(), 1u);
    EXPECT_EQ(edits[0].after[0].begin, 21);
    EXPECT_FALSE(edits[0].after[0].proposed);
    EXPECT_EQ(view.suggestions().size(), 1u);
    key(Qt::Key_E, Qt::ShiftModifier);
    EXPECT_TRUE(view.suggestions().empty());
    EXPECT_EQ(view.spans().size(), 2u);
}

TEST_F(SpanViewTest, AnArrowLeadsFromTheSelectedSpanToTheNextOne) {
    view.setSpans({mark("a", 0, 10), mark("b", 21, 25)});
    QStringList drawn;
    QObject::connect(&view, &SpanView::relationDrawn, [&](const QString& from, const QString& to) { drawn << from << to; });
    view.select("a");
    key(Qt::Key_R);
    key(Qt::Key_Tab);
    EXPECT_EQ(drawn, (QStringList{"a", "b"}));
    key(Qt::Key_R);
    key(Qt::Key_Escape);
    view.select("a");
    EXPECT_EQ(drawn.size(), 2) << "Esc: none";
}

TEST_F(SpanViewTest, ChineseIsMarkedCharacterByCharacter) {
    view.setText(QString::fromUtf8("我在北京工作。"));
    key(Qt::Key_Right);
    key(Qt::Key_Right);
    key(Qt::Key_Right, Qt::ShiftModifier);
    key(Qt::Key_Right, Qt::ShiftModifier);
    key(Qt::Key_Return);
    ASSERT_EQ(edits.size(), 1u);
    EXPECT_EQ(marked(edits[0].after[0]), QString::fromUtf8("北京"));
}

TEST_F(SpanViewTest, ReadOnlyNothingIsChanged) {
    view.setSpans({mark("a", 0, 10)});
    view.setReadOnly(true);
    view.select("a");
    key(Qt::Key_Delete);
    key(Qt::Key_Return);
    EXPECT_TRUE(edits.empty());
}

/// A megabyte with 5,000 spans: shown, scrolled to its middle, marked.
TEST_F(SpanViewTest, ALongTextWithManySpansStaysQuick) {
    QString text;
    std::vector<SpanMark> spans;
    for (int i = 0; i < 10000; ++i) text += QString("Line %1 of a rather long text that goes on and on, as logs and novels do, until it fills a megabyte.\n").arg(i);
    for (int i = 0; i < 5000; ++i) spans.push_back(mark(qPrintable(QString::number(i)), i * 190 + 3, i * 190 + 40 + i % 60, i % 2 ? "firm" : "person", i % 2 ? blue : orange));
    QElapsedTimer clock;
    clock.start();
    view.setText(text);
    view.setSpans(spans);
    view.grab();
    const auto shown = clock.restart();
    view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum() / 2);
    view.grab();
    const auto jumped = clock.restart();
    view.select("2500");
    view.removeSelected();
    view.grab();
    const auto changed = clock.elapsed();
    EXPECT_LT(shown, 1000);
    EXPECT_LT(jumped, 250);
    EXPECT_LT(changed, 250);
    if (qEnvironmentVariableIsSet("LAMINA_SHOTS")) qInfo("shown %lld ms, jump %lld ms, change %lld ms", static_cast<long long>(shown), static_cast<long long>(jumped), static_cast<long long>(changed));
}

TEST_F(SpanViewTest, OverlapsArrowsAndProposalsCanBeTold) {
    const QString folder = qEnvironmentVariable("LAMINA_SHOTS");
    for (const auto theme : {ThemeChoice::Light, ThemeChoice::Dark}) {
        applyTheme(theme);
        view.setText(QString::fromUtf8("Anna Smith works for Acme in New York.\nAcme is large. 王芳在北京大学工作,北京很大。"));
        view.setSpans({mark("a", 0, 10), mark("n", 0, 4, "first name", QColor(0, 158, 115)), mark("b", 21, 25, "firm", blue), mark("c", 21, 37, "phrase", QColor(204, 121, 167)), mark("p", 57, 61, "firm", blue)});
        view.setSuggestions({mark("s", 39, 43, "firm", blue)});
        view.setRelations({{"r", "a", "b", "works for"}});
        view.select("a");
        const QImage picture = view.grab().toImage();
        EXPECT_FALSE(picture.isNull());
        if (!folder.isEmpty()) picture.save(folder + (theme == ThemeChoice::Dark ? "/spans_dark.png" : "/spans_light.png"));
    }
    applyTheme(ThemeChoice::Light);
}

}  // namespace
}  // namespace lamina
