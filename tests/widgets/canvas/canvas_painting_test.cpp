// What the canvas paints, and what it does not paint again.
#include <QPainter>

#include <cmath>
#include <set>

#include "tests/widgets/canvas/canvas_fixture.h"
#include "widgets/canvas/box_painter.h"
#include "widgets/canvas/canvas_layer.h"
#include "widgets/canvas/caption_tag.h"
#include "widgets/canvas/line_thinner.h"

namespace lamina {
namespace {

/// Boxes with tags, one of them dashed, all over the picture of the fixture, and a ring.
std::vector<CanvasShape> manyShapes() {
    std::vector<CanvasShape> shapes;
    for (int i = 0; i < 40; ++i) {
        const double x = 48.3 * (i % 8) + 3.7, y = 57.1 * (i / 8) + 6.2;
        CanvasShape shape{QString::number(i), boxShape("screw", x, y, x + 37.4, y + 31.8), QColor::fromHsv(i * 37 % 360, 200, 220), i % 3 == 0 ? "a screw with a long name" : "nut", i % 5 == 0, i % 7 == 0, false};
        if (i % 11 == 0) {
            shape.shape.kind = ShapeKind::Polygon;
            shape.shape.parts = {{{x, y}, {x + 36, y + 5}, {x + 22, y + 33}}};
        }
        shapes.push_back(std::move(shape));
    }
    return shapes;
}

class CanvasPaintingTest : public CanvasViewTest {
protected:
    CanvasPaintingTest() {
        view.setShapes(manyShapes());
        for (int i = 0; i < 3; ++i) view.grab();  // the third time what rests is kept
    }
    /// What a view shows that has never painted anything else.
    QImage paintedAnew() {
        CanvasView fresh;
        fresh.resize(view.size());
        fresh.setOptions(view.options());
        fresh.setPicture(picture, view.pictureSize());
        fresh.setShapes(view.shapes());
        fresh.select(view.selection());
        fresh.setZoom(view.zoom());
        const QPointF middle(view.width() / 2.0, view.height() / 2.0);
        fresh.showPlace(view.transform().toPicture(middle));
        return fresh.grab().toImage();
    }
    QImage shown() {
        view.clearFocus();
        return view.grab().toImage();
    }
    void pan(QPointF by) {
        const QPointF from(250, 200);
        const auto mouse = [&](QEvent::Type type, QPointF at, Qt::MouseButton button, Qt::MouseButtons held) {
            QMouseEvent event(type, at, view.mapToGlobal(at), button, held, {});
            QApplication::sendEvent(&view, &event);
        };
        mouse(QEvent::MouseButtonPress, from, Qt::MiddleButton, Qt::MiddleButton);
        mouse(QEvent::MouseMove, from + by, Qt::NoButton, Qt::MiddleButton);
        mouse(QEvent::MouseButtonRelease, from + by, Qt::MiddleButton, Qt::NoButton);
    }

    std::shared_ptr<const PicturePyramid> picture = [] {
        QImage image(400, 300, QImage::Format_RGB32);
        image.fill(QColor(90, 120, 90));
        return std::make_shared<const PicturePyramid>(image);
    }();
};

TEST_F(CanvasPaintingTest, APannedViewLooksAsIfItWerePaintedAnew) {
    for (const double zoom : {1.0, 1.5}) {
        view.setZoom(zoom);
        for (int i = 0; i < 2; ++i) shown();
        for (const QPointF step : {QPointF(12, 0), QPointF(-7, 3), QPointF(0, -31), QPointF(5, 44), QPointF(-90, -60), QPointF(64, 17), QPointF(600, 0), QPointF(-300, 20)}) {
            pan(step);
            EXPECT_EQ(shown(), paintedAnew()) << "zoom " << zoom << " step " << step.x() << ", " << step.y();
        }
    }
}

TEST_F(CanvasPaintingTest, WhatChangesIsSeenThoughTheRestIsKept) {
    EXPECT_EQ(shown(), paintedAnew());
    view.select({"9"});
    EXPECT_EQ(shown(), paintedAnew());
    view.nudgeSelected({8, 5});
    EXPECT_EQ(shown(), paintedAnew());
    view.removeSelected();
    EXPECT_EQ(shown(), paintedAnew());
    shown();
    view.commit({CanvasEdit::Kind::Remove, {*view.shape("12")}, {}});
    EXPECT_EQ(shown(), paintedAnew()) << "of a shape that was not selected";
    auto options = view.options();
    options.captions = false;
    view.setOptions(options);
    EXPECT_EQ(shown(), paintedAnew());
    view.setClassLooks([](const std::string&) { return std::pair(false, true); });
    EXPECT_EQ(shown(), paintedAnew());
    view.resize(420, 330);
    EXPECT_EQ(shown(), paintedAnew());
    QImage other(400, 300, QImage::Format_RGB32);
    other.fill(QColor(20, 30, 140));
    picture = std::make_shared<PicturePyramid>(other);
    view.setPicture(picture, other.size());
    EXPECT_EQ(shown(), paintedAnew());
}

TEST_F(CanvasPaintingTest, AShapeThatIsDraggedIsNotLeftBehindWhereItStood) {
    view.setShapes({box("a", 20, 20, 60, 60)});
    CanvasOptions options;
    options.snapping = options.captions = false;
    view.setOptions(options);
    QTest::mousePress(&view, Qt::LeftButton, {}, at(40, 40));
    for (int i = 0; i < 6; ++i) {
        send(QEvent::MouseMove, {50.0 + 30 * i, 60.0 + 20 * i});
        shown();
    }
    EXPECT_EQ(shown().pixelColor(at(25, 25)), QColor(90, 120, 90));
    EXPECT_NE(shown().pixelColor(at(200, 160)), QColor(90, 120, 90)) << "it is where the mouse is";
    QTest::mouseRelease(&view, Qt::LeftButton, {}, at(200, 160));
}

TEST_F(CanvasPaintingTest, APictureThatIsPartlyClearStandsOnTheGroundOfTheView) {
    view.setShapes({});
    const QColor ground = shown().pixelColor(5, 5);
    QImage clear(400, 300, QImage::Format_ARGB32);
    clear.fill(Qt::transparent);
    view.setPicture(std::make_shared<PicturePyramid>(clear), clear.size());
    for (int i = 0; i < 3; ++i) EXPECT_EQ(shown().pixelColor(at(200, 150)), ground);
}

TEST(CanvasLayer, PaintsWhatComesIntoSightAndNothingElse) {
    CanvasLayer layer;
    RestingScene scene;
    scene.view = {300, 200};
    std::vector<QRectF> parts;
    QImage screen(300, 200, QImage::Format_RGB32);
    const auto show = [&] {
        parts.clear();
        QPainter painter(&screen);
        layer.show(painter, scene, 20, [&](QPainter& on, const QRectF& part) {
            parts.push_back(part);
            on.fillRect(part, Qt::darkGreen);
        });
        return screen.pixelColor(150, 100) == QColor(Qt::darkGreen);
    };
    const QRectF whole(0, 0, 300, 200);
    EXPECT_TRUE(show());
    EXPECT_EQ(parts, std::vector<QRectF>{whole});
    EXPECT_TRUE(show());
    EXPECT_EQ(parts, std::vector<QRectF>{whole}) << "shown again, it is worth keeping";
    screen.fill(Qt::black);
    EXPECT_TRUE(show());
    EXPECT_TRUE(parts.empty());
    scene.transform.moveBy({-10, 0});
    EXPECT_TRUE(show());
    EXPECT_EQ(parts, (std::vector<QRectF>{QRectF(290, 0, 10, 200)}));
    scene.transform.moveBy({0, -6});
    EXPECT_TRUE(show());
    double area = 0;
    for (const auto& part : parts) area += part.width() * part.height();
    EXPECT_EQ(area, 300.0 * (26 + 6)) << "the strip below, and the band whose tags look at the edge";
    scene.transform.moveBy({0.5, 0});
    EXPECT_TRUE(show());
    EXPECT_EQ(parts, std::vector<QRectF>{whole}) << "half a pixel is another picture";
    scene.transform.zoomTo(1.2, {});
    EXPECT_TRUE(show());
    EXPECT_EQ(parts, std::vector<QRectF>{whole});
}

TEST(BoxPainter, BordersAreEquallyThickWhereverABoxLies) {
    for (double shift = 0; shift < 1; shift += 0.13) {
        QImage image(60, 60, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        paintBox(painter, QRectF(10 + shift, 10 + shift, 30, 30), {Qt::black, 1.6, false}, Qt::transparent);
        painter.end();
        int across = 0, down = 0;
        for (int i = 0; i < 60; ++i) {
            across += image.pixelColor(i, 25) == QColor(Qt::black);
            down += image.pixelColor(25, i) == QColor(Qt::black);
        }
        EXPECT_EQ(across, 4) << shift;
        EXPECT_EQ(down, 4) << shift;
    }
}

TEST(BoxPainter, TheFillEndsAtTheBorderAndABoxWithoutAnyRoomIsADot) {
    QImage image(40, 40, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    paintBox(painter, QRectF(10, 10, 20, 20), {Qt::black, 2, false}, QColor(255, 0, 0, 128));
    paintBox(painter, QRectF(35.2, 35.2, 0.1, 0.1), {Qt::blue, 2, false}, Qt::red);
    painter.end();
    EXPECT_EQ(image.pixelColor(10, 20), QColor(Qt::black));
    EXPECT_EQ(image.pixelColor(11, 20).red(), 255);
    EXPECT_EQ(image.pixelColor(8, 20), QColor(Qt::white));
    EXPECT_EQ(image.pixelColor(35, 35), QColor(Qt::blue));
    EXPECT_EQ(image.pixelColor(38, 38), QColor(Qt::white));
}

TEST(BoxPainter, DashesStayWhereTheyAreHoweverLittleOfABoxIsSeen) {
    const auto row = [](int width, double left, double right) {
        QImage image(width, 30, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        paintBox(painter, QRectF(QPointF(left, 10), QPointF(right, 60)), {Qt::black, 1.6, true}, Qt::transparent);
        painter.end();
        return image.copy(0, 0, 100, 30);
    };
    EXPECT_EQ(row(100, -400000, 90), row(1000, -400000, 90));
    EXPECT_EQ(row(100, 20, 500000), row(1000, 20, 500000));
    const QImage image = row(100, 20, 500);
    std::set<QRgb> colours;
    for (int x = 21; x < 100; ++x) colours.insert(image.pixel(x, 10));
    EXPECT_EQ(colours.size(), 2u) << "dashes and gaps";
}

TEST(BoxPainter, OnAFineScreenABorderHasMorePixels) {
    QImage image(80, 80, QImage::Format_RGB32);
    image.setDevicePixelRatio(2);
    image.fill(Qt::white);
    QPainter painter(&image);
    paintBox(painter, QRectF(10.2, 10.2, 20, 20), {Qt::black, 2, false}, Qt::transparent);
    painter.end();
    int across = 0;
    for (int x = 0; x < 80; ++x) across += image.pixelColor(x, 40) == QColor(Qt::black);
    EXPECT_EQ(across, 8);
}

TEST(CaptionTag, IsMadeOnceForAllThatSayTheSameInTheSameColour) {
    const QFont font;
    const QImage tag = captionTag("screw", Qt::darkRed, font, 1), fine = captionTag("screw", Qt::darkRed, font, 2);
    EXPECT_EQ(captionTag("screw", Qt::darkRed, font, 1).cacheKey(), tag.cacheKey());
    EXPECT_NE(captionTag("screw", Qt::darkBlue, font, 1), tag);
    EXPECT_NE(captionTag("nut", Qt::darkRed, font, 1), tag);
    EXPECT_NEAR(fine.height(), 2 * tag.height(), 1);
    EXPECT_NEAR(tag.height(), captionTagHeight(font), 0.5);
}

TEST_F(CanvasViewTest, ACaptionThatIsLongerThanItsShapeEndsWithIt) {
    auto shape = box("a", 100, 100, 220, 180);
    shape.caption = QString(200, 'w');
    view.setShapes({shape});
    const QImage shown = view.grab().toImage();
    const int y = at(0, 100).y() - 4;
    EXPECT_NE(shown.pixelColor(at(102, 0).x(), y), QColor(90, 120, 90));
    EXPECT_EQ(shown.pixelColor(at(232, 0).x(), y), QColor(90, 120, 90));
}

double distanceToLine(QPointF point, const QPolygonF& line) {
    double nearest = 1e9;
    for (qsizetype i = 0; i + 1 < line.size(); ++i) {
        const QPointF along = line[i + 1] - line[i];
        const double length = QPointF::dotProduct(along, along), at = length == 0 ? 0 : std::clamp(QPointF::dotProduct(point - line[i], along) / length, 0.0, 1.0);
        nearest = std::min(nearest, QLineF(point, line[i] + along * at).length());
    }
    return nearest;
}

TEST(LineThinner, LeavesOutWhatCannotBeSeenAndNothingElse) {
    LineThinner thinner(0.3);
    QPolygonF all;
    for (int i = 0; i < 2000; ++i) {
        const double angle = i * 0.00314159, radius = 200 + 15 * std::sin(angle * 9) + (i == 777 ? 40 : 0);  // with a spike of one point
        all.push_back({radius * std::cos(angle), radius * std::sin(angle)});
        thinner.add(all.back());
    }
    const QPolygonF kept = thinner.taken();
    EXPECT_LT(kept.size(), 200);
    EXPECT_EQ(kept.first(), all.first());
    EXPECT_EQ(kept.last(), all.last());
    for (const QPointF& point : all) ASSERT_LE(distanceToLine(point, kept), 0.31) << point.x() << ", " << point.y();
}

TEST(LineThinner, KeepsTheTipOfALineThatTurnsBackOnItself) {
    LineThinner thinner(0.3);
    for (const double x : {0.0, 10.0, 50.0, 30.0, 12.0}) thinner.add({x, 0});
    EXPECT_EQ(thinner.taken(), QPolygonF({QPointF(0, 0), QPointF(50, 0), QPointF(12, 0)}));
    for (const double x : {3.0, 3.1, 3.0}) thinner.add({x, 0});
    EXPECT_EQ(thinner.taken(), QPolygonF({QPointF(3, 0), QPointF(3, 0)})) << "a dot is a line, too";
    EXPECT_TRUE(thinner.taken().isEmpty());
}

}  // namespace
}  // namespace lamina
