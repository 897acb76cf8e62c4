#include "widgets/charts/curves_view.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QBoxLayout>
#include <QDir>
#include <QGridLayout>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>
#include <QtCharts/QChart>

#include <cmath>
#include <limits>

#include "widgets/charts/chart_bench.h"
#include "widgets/charts/curves_card.h"
#include "widgets/charts/curves_controls.h"
#include "widgets/charts/curves_legend.h"
#include "widgets/charts/curves_plot.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

std::vector<CurvePoint> falling(int count, double level, double noise = 0.1) {
    std::vector<CurvePoint> points;
    for (int i = 0; i < count; ++i) {
        const double wave = std::sin(i * 12.9898) * 43758.5453;
        points.push_back({i * 20.0, i / 50.0, i * 1.5, level + 2.0 / (1 + i / 30.0) + noise * (wave - std::floor(wave))});
    }
    return points;
}

class CurvesViewTest : public testing::Test {
protected:
    void SetUp() override {
        view.resize(640, 360);
        training = view.addCurve({"Training", 0, false});
        validation = view.addCurve({"Validation", 0, true});
        view.append(training, falling(500, 0.2));
        view.append(validation, std::vector<CurvePoint>{{1000, 1, 75, 0.9}, {5000, 5, 375, 0.5}, {9980, 10, 748, 0.4}});
        view.show();
        view.refreshNow();
    }
    CurvesPlot& plot() { return view.plot(); }
    QPoint at(double xShare, double yShare) {
        const QRectF area = plot().chart()->plotArea();
        return QPointF(area.left() + xShare * area.width(), area.top() + yShare * area.height()).toPoint();
    }
    void drag(QPoint from, QPoint to, Qt::MouseButton button = Qt::LeftButton, Qt::KeyboardModifiers keys = {}) {
        QTest::mousePress(plot().viewport(), button, keys, from);
        QMouseEvent move(QEvent::MouseMove, to, plot().viewport()->mapToGlobal(to), button, button, keys);
        QApplication::sendEvent(plot().viewport(), &move);
        QTest::mouseRelease(plot().viewport(), button, keys, to);
    }

    CurvesView view;
    int training = 0, validation = 0;
};

TEST_F(CurvesViewTest, ShowsAllOfXAtFirst) {
    EXPECT_FALSE(plot().xZoom());
    EXPECT_DOUBLE_EQ(plot().xRange().low, 0);
    EXPECT_DOUBLE_EQ(plot().xRange().high, 9980);
}

TEST_F(CurvesViewTest, DraggingABoxZoomsAndDoubleClickShowsEverything) {
    QSignalSpy zoomed(&view, &CurvesView::xZoomChanged);
    drag(at(0.25, 0.1), at(0.5, 0.9));
    ASSERT_TRUE(plot().xZoom());
    EXPECT_NEAR(plot().xRange().low, 0.25 * 9980, 60);
    EXPECT_NEAR(plot().xRange().high, 0.5 * 9980, 60);
    EXPECT_EQ(zoomed.count(), 1);
    QTest::mouseDClick(plot().viewport(), Qt::LeftButton, {}, at(0.5, 0.5));
    EXPECT_FALSE(plot().xZoom());
    EXPECT_DOUBLE_EQ(plot().xRange().high, 9980);
    EXPECT_FALSE(zoomed.last().at(0).toBool());
}

TEST_F(CurvesViewTest, APictureBetweenNewPointsAndTheNextFrameIsHarmless) {
    view.append(training, std::vector<CurvePoint>{{20000, 40, 900, 0.3}});
    view.setEmptyText("Nothing yet.");
    EXPECT_FALSE(view.grab().isNull());
    const int late = view.addCurve({"Late", 1, false});
    view.append(late, falling(50, 1));
    view.setEmptyText("Nothing.");
    EXPECT_FALSE(view.grab().isNull());
}

TEST_F(CurvesViewTest, AClickDoesNotZoom) {
    QTest::mouseClick(plot().viewport(), Qt::LeftButton, {}, at(0.5, 0.5));
    EXPECT_FALSE(plot().xZoom());
}

TEST_F(CurvesViewTest, ControlAndWheelZoomAtThePointerPlainWheelDoesNot) {
    const auto wheel = [this](Qt::KeyboardModifiers keys) {
        const QPoint place = at(0.5, 0.5);
        QWheelEvent event(place, plot().viewport()->mapToGlobal(place), {}, QPoint(0, 120), Qt::NoButton, keys, Qt::NoScrollPhase, false);
        QApplication::sendEvent(plot().viewport(), &event);
        return event.isAccepted();
    };
    EXPECT_FALSE(wheel(Qt::NoModifier));
    EXPECT_FALSE(plot().xZoom());
    EXPECT_TRUE(wheel(Qt::ControlModifier));
    ASSERT_TRUE(plot().xZoom());
    EXPECT_NEAR((plot().xRange().low + plot().xRange().high) / 2, 4990, 60);
    EXPECT_LT(plot().xRange().width(), 9900);
}

TEST_F(CurvesViewTest, ShiftDragPans) {
    view.setXZoom(AxisRange{2000, 4000});
    drag(at(0.5, 0.5), at(0.25, 0.5), Qt::LeftButton, Qt::ShiftModifier);
    EXPECT_NEAR(plot().xRange().low, 2500, 20);
    EXPECT_NEAR(plot().xRange().high, 4500, 20);
}

TEST_F(CurvesViewTest, AnotherChartsZoomIsTakenOverWithoutAnEcho) {
    QSignalSpy zoomed(&view, &CurvesView::xZoomChanged);
    view.setXZoom(AxisRange{2000, 4000});
    EXPECT_DOUBLE_EQ(plot().xRange().low, 2000);
    EXPECT_EQ(zoomed.count(), 0);
}

TEST_F(CurvesViewTest, ZoomedAtTheEndItFollowsNewPoints) {
    view.setXZoom(AxisRange{8000, 9980});
    EXPECT_TRUE(plot().following());
    view.append(training, std::vector<CurvePoint>{{12000, 12, 900, 0.3}});
    view.refreshNow();
    EXPECT_DOUBLE_EQ(plot().xRange().high, 12000);
    view.setXZoom(AxisRange{2000, 4000});
    EXPECT_FALSE(plot().following());
    view.append(training, std::vector<CurvePoint>{{13000, 13, 950, 0.3}});
    view.refreshNow();
    EXPECT_DOUBLE_EQ(plot().xRange().high, 4000);
}

TEST_F(CurvesViewTest, TheCrossHairTellsEveryCurveSmoothedAndRaw) {
    plot().setCrosshair(5000);
    const QStringList lines = plot().readoutText().split('\n');
    ASSERT_EQ(lines.size(), 2);
    EXPECT_TRUE(lines[0].startsWith("Training: ")) << lines[0].toStdString();
    EXPECT_TRUE(lines[1].contains("0.5000")) << lines[1].toStdString();
    EXPECT_TRUE(lines[1].endsWith("Step 5000")) << lines[1].toStdString();
}

TEST_F(CurvesViewTest, ArrowKeysMoveTheCrossHairFromPointToPoint) {
    plot().setFocus();
    QTest::keyClick(&plot(), Qt::Key_Home);
    EXPECT_DOUBLE_EQ(plot().crosshair().value_or(-1), 0);
    QTest::keyClick(&plot(), Qt::Key_Right);
    EXPECT_DOUBLE_EQ(plot().crosshair().value_or(-1), 20);
    QTest::keyClick(&plot(), Qt::Key_Right, Qt::ShiftModifier);
    EXPECT_DOUBLE_EQ(plot().crosshair().value_or(-1), 220);
    QTest::keyClick(&plot(), Qt::Key_End);
    EXPECT_DOUBLE_EQ(plot().crosshair().value_or(-1), 9980);
    QTest::keyClick(&plot(), Qt::Key_Left);
    EXPECT_DOUBLE_EQ(plot().crosshair().value_or(-1), 9960);
    EXPECT_FALSE(plot().accessibleDescription().isEmpty());
    QTest::keyClick(&plot(), Qt::Key_Escape);
    EXPECT_FALSE(plot().crosshair());
}

TEST_F(CurvesViewTest, KeysZoom) {
    QTest::keyClick(&plot(), Qt::Key_Plus);
    EXPECT_TRUE(plot().xZoom());
    QTest::keyClick(&plot(), Qt::Key_0);
    EXPECT_FALSE(plot().xZoom());
}

TEST_F(CurvesViewTest, TheLegendHidesACurve) {
    auto* button = view.findChild<QToolButton*>(QStringLiteral("legend_%1").arg(training));
    ASSERT_TRUE(button);
    QSignalSpy toggled(&view, &CurvesView::curveToggled);
    QTest::mouseClick(button, Qt::LeftButton);
    EXPECT_FALSE(view.curves().at(training).visible);
    EXPECT_EQ(toggled.count(), 1);
    view.refreshNow();
    plot().setCrosshair(5000);
    EXPECT_EQ(plot().readoutText().split('\n').size(), 1);
}

TEST_F(CurvesViewTest, BetweenNewPointsAndTheirFrameEverythingIsAllowed) {
    const auto touch = [this] {
        view.setEmptyText("empty");
        drag(at(0.2, 0.1), at(0.9, 0.9));
        plot().setCrosshair(9980);
        QTest::keyClick(&plot(), Qt::Key_End);
        view.resize(view.width() + 10, view.height());
        EXPECT_FALSE(view.grab().isNull());
        view.setXZoom(std::nullopt);
    };
    view.append(training, falling(100, 0.1));
    touch();
    view.dropFrom(training, 200);
    touch();
    view.setCurveVisible(training, false);
    view.append(training, falling(100, 0.1));
    view.setCurveVisible(training, true);
    touch();
    const int fresh = view.addCurve({"Fresh", 1, false});
    view.append(fresh, falling(3000, 0.1));
    touch();
}

TEST_F(CurvesViewTest, ALogAxisSkipsWhatItCannotShow) {
    view.append(training, std::vector<CurvePoint>{{10000, 10, 760, 0}, {10020, 10, 761, -4}, {10040, 10, 762, 0.3}});
    CurvesOptions options = view.options();
    options.logarithmic = true;
    view.setOptions(options);
    view.refreshNow();
    EXPECT_LT(plot().yRange().high, 1);
    EXPECT_GT(plot().yRange().low, -2);
}

TEST_F(CurvesViewTest, BadNumbersDoNotBreakThePicture) {
    const double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
    view.append(training, std::vector<CurvePoint>{{10000, 10, 760, nan}, {10020, 10, 761, infinity}, {10040, 10, 762, 1e300}, {10060, 10, 763, 0.3}});
    for (const bool ignore : {true, false}) {
        for (const bool logarithmic : {true, false}) {
            CurvesOptions options = view.options();
            options.ignoreOutliers = ignore;
            options.logarithmic = logarithmic;
            options.smoothing = 0;
            view.setOptions(options);
            view.refreshNow();
            EXPECT_TRUE(std::isfinite(plot().yRange().width()));
            EXPECT_FALSE(view.grab().isNull());
        }
    }
    CurvesOptions options = view.options();
    options.ignoreOutliers = true;
    view.setOptions(options);
    view.refreshNow();
    EXPECT_LT(plot().yRange().high, 5);
}

TEST_F(CurvesViewTest, ExportsPictureDrawingAndNumbers) {
    const QImage image = view.image("Loss");
    EXPECT_GE(image.width(), 2 * plot().width());
    const QByteArray svg = view.svg("Loss of <b>run</b>");
    EXPECT_TRUE(svg.contains("<svg"));
    EXPECT_TRUE(svg.contains("Training"));
    const QByteArray csv = view.csvWriter()();
    EXPECT_EQ(csv.count('\n'), 1 + 500 + 3);
    EXPECT_TRUE(csv.contains("\n\"Validation\",5000,5,375,0.5,")) << csv.right(200).toStdString();
}

TEST_F(CurvesViewTest, HiddenItDoesNothingAndCatchesUpWhenShown) {
    view.hide();
    view.append(training, std::vector<CurvePoint>{{20000, 20, 1500, 0.1}});
    QTest::qWait(80);
    EXPECT_DOUBLE_EQ(plot().xRange().high, 9980);
    view.show();
    EXPECT_DOUBLE_EQ(plot().xRange().high, 20000);
}

TEST_F(CurvesViewTest, EpochsAndTimeAreAxesToo) {
    CurvesOptions options = view.options();
    options.axis = CurveAxis::Epoch;
    view.setOptions(options);
    view.refreshNow();
    EXPECT_NEAR(plot().xRange().high, 10, 1e-6);
    options.axis = CurveAxis::Time;
    view.setOptions(options);
    view.refreshNow();
    EXPECT_NEAR(plot().xRange().high, 748.5, 1e-3);
}

TEST(CurvesControls, TellWhatIsChosen) {
    CurvesControls controls;
    EXPECT_DOUBLE_EQ(controls.options().smoothing, 0.6);
    CurvesOptions told;
    QObject::connect(&controls, &CurvesControls::optionsChanged, &controls, [&told](const CurvesOptions& options) { told = options; });
    CurvesOptions wanted{0.25, CurveAxis::Epoch, true, false};
    controls.setOptions(wanted);
    EXPECT_EQ(controls.options(), wanted);
    QTest::mouseClick(controls.findChild<QToolButton*>("curves_reset_zoom"), Qt::LeftButton);
    controls.findChild<QSlider*>("curves_smoothing")->setValue(900);
    EXPECT_DOUBLE_EQ(told.smoothing, 0.9);
    EXPECT_TRUE(told.logarithmic);
}

TEST(CurvesSpeed, FourCurvesOfAMillionPointsAreAFrame) {
    const double milliseconds = chartFrameMilliseconds(1000000, 15);
    RecordProperty("milliseconds", std::to_string(milliseconds));
    std::printf("4 × 1 M points: %.1f ms a frame\n", milliseconds);
    EXPECT_LT(milliseconds, 120);
}

TEST(CurvesPictures, AreSavedForPeople) {
    const QString folder = qEnvironmentVariable("LAMINA_SHOTS");
    if (folder.isEmpty()) GTEST_SKIP() << "LAMINA_SHOTS names no folder";
    for (const bool dark : {false, true}) {
        applyTheme(dark ? ThemeChoice::Dark : ThemeChoice::Light);
        QWidget page;
        auto* layout = new QVBoxLayout(&page);
        auto* controls = new CurvesControls;
        layout->addWidget(controls);
        auto* grid = new QGridLayout;
        layout->addLayout(grid, 1);
        std::vector<CurvesCard*> cards;
        for (int i = 0; i < 4; ++i) {
            auto* card = new CurvesCard(QStringLiteral("metric%1").arg(i));
            card->setTitle(QStringList{"Loss", "Accuracy", "Precision", "Empty"}[i]);
            grid->addWidget(card, i / 2, i % 2);
            cards.push_back(card);
        }
        CurvesView& loss = cards[0]->view();
        const int a = loss.addCurve({"run 1 · training", 0, false}), b = loss.addCurve({"run 1 · validation", 0, true});
        const int c = loss.addCurve({"run 2 · training", 1, false}), d = loss.addCurve({"run 2 · validation", 1, true});
        loss.append(a, falling(4000, 0.2, 0.4));
        loss.append(c, falling(4000, 0.4, 0.4));
        loss.append(b, falling(1000, 0.5, 0.05));
        std::vector<CurvePoint> epochs;
        for (int e = 1; e <= 10; ++e) epochs.push_back({e * 8000.0, e * 8.0, e * 600.0, 0.6 + 1.0 / e});
        loss.append(d, epochs);
        CurvesView& accuracy = cards[1]->view();
        const int e = accuracy.addCurve({"Training", 0, false}), f = accuracy.addCurve({"Validation", 0, true});
        std::vector<CurvePoint> up, up2;
        for (int i = 1; i <= 10; ++i) {
            up.push_back({i * 100.0, double(i), i * 20.0, 1 - 0.5 / i});
            up2.push_back({i * 100.0, double(i), i * 20.0, 0.95 - 0.4 / i});
        }
        accuracy.append(e, up);
        accuracy.append(f, up2);
        CurvesOptions options;
        options.axis = CurveAxis::Epoch;
        accuracy.setOptions(options);
        options.logarithmic = true;
        options.axis = CurveAxis::Time;
        cards[2]->view().setOptions(options);
        const int g = cards[2]->view().addCurve({"Training", 2, false});
        cards[2]->view().append(g, falling(1000, 0.01, 0.05));
        cards[3]->view().setEmptyText("No numbers yet: they come with the first steps of a training.");
        page.resize(1200, 760);
        page.show();
        QTest::qWait(60);
        loss.plot().setCrosshair(30000);
        accuracy.plot().setCrosshair(4);
        page.grab().save(QDir(folder).filePath(dark ? "charts_dark.png" : "charts_light.png"));
        if (!dark) {
            loss.image("Loss").save(QDir(folder).filePath("export.png"));
            QFile svg(QDir(folder).filePath("export.svg"));
            ASSERT_TRUE(svg.open(QIODevice::WriteOnly));
            svg.write(loss.svg("Loss"));
        }
    }
    applyTheme(ThemeChoice::Light);
}

}  // namespace
}  // namespace lamina
