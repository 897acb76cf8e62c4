#include "widgets/charts/rate_curves_view.h"

#include <gtest/gtest.h>

#include <cmath>

#include <QTest>

#include "widgets/common/theme.h"

namespace lamina {
namespace {

std::vector<RateCurve> some(int count) {
    std::vector<RateCurve> curves;
    for (int i = 0; i < count; ++i) {
        RateCurve curve{QStringLiteral("class %1").arg(i), QStringLiteral("0.%1").arg(95 - i), {}};
        for (int step = 0; step <= 20; ++step) {
            const double x = step / 20.0;
            curve.points.emplace_back(x, std::pow(x, 1.0 / (i + 2)));
        }
        curves.push_back(curve);
    }
    return curves;
}

class RateCurvesTest : public testing::Test {
protected:
    void SetUp() override {
        view.resize(520, 340);
        view.setCurves(some(3), "across", "up", true);
        view.show();
    }
    RateCurvesView view;
};

TEST_F(RateCurvesTest, EveryCurveIsPaintedInItsColour) {
    const QImage picture = view.grab().toImage();
    for (std::size_t i = 0; i < 3; ++i) {
        const QColor wanted = themeColours().series[i];
        int found = 0;
        for (int y = 0; y < picture.height(); ++y)
            for (int x = 0; x < picture.width(); ++x) found += picture.pixelColor(x, y) == wanted;
        EXPECT_GT(found, 30) << "curve " << i;
    }
}

TEST_F(RateCurvesTest, ThePointerBringsACurveToTheFrontAndAway) {
    const QImage before = view.grab().toImage();
    QTest::mouseMove(&view, QPoint(330, 20));  // among the names
    QTest::qWait(50);
    EXPECT_NE(view.grab().toImage(), before);
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(&view, &leave);
    EXPECT_EQ(view.grab().toImage(), before);
}

TEST_F(RateCurvesTest, NamesAndAreasAreReadAloud) {
    EXPECT_TRUE(view.accessibleDescription().contains("class 1 0.94"));
}

TEST_F(RateCurvesTest, ManyCurvesAndLittleRoomDoNotBreakIt) {
    view.setCurves(some(20), "across", "up", false);
    view.resize(view.minimumSizeHint());
    EXPECT_FALSE(view.grab().isNull());
    view.setCurves({}, "across", "up", false);
    EXPECT_FALSE(view.grab().isNull());
}

}  // namespace
}  // namespace lamina
