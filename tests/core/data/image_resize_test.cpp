#include "core/data/image_resize.h"

#include <gtest/gtest.h>

#include <numeric>

namespace lamina {
namespace {

using Bytes = std::vector<std::uint8_t>;

Image grey(std::int64_t height, std::int64_t width, Bytes pixels) { return {1, height, width, std::move(pixels)}; }

TEST(ResizeWeights, AreThoseOfAWorkedExample) {
    // From 4 to 2: centres at 1 and 3, support 2, so the pixels at 0.5, 1.5, 2.5 weigh 0.75, 0.75, 0.25 before the sum of 1.75 is taken out.
    const auto weights = resizeWeights(4, 2);
    ASSERT_EQ(weights[0].weights.size(), 3u);
    EXPECT_EQ(weights[0].first, 0);
    EXPECT_FLOAT_EQ(weights[0].weights[0], 3.0f / 7.0f);
    EXPECT_FLOAT_EQ(weights[0].weights[2], 1.0f / 7.0f);
    EXPECT_EQ(weights[1].first, 1);
    EXPECT_FLOAT_EQ(weights[1].weights[0], 1.0f / 7.0f);
}

TEST(ResizeWeights, SumToOneAndStayInside) {
    for (const std::int64_t from : {1, 2, 3, 7, 64, 1000})
        for (const std::int64_t to : {1, 2, 5, 28, 64, 333})
            for (const auto& one : resizeWeights(from, to)) {
                EXPECT_GE(one.first, 0);
                EXPECT_LE(one.first + static_cast<std::int64_t>(one.weights.size()), from);
                EXPECT_NEAR(std::accumulate(one.weights.begin(), one.weights.end(), 0.0), 1.0, 1e-5) << from << " to " << to;
            }
}

TEST(ResizeImage, GrowsByLinearInterpolation) {
    // From 2 to 4: centres at 0.25, 0.75, 1.25, 1.75 of pixels with centres 0.5 and 1.5.
    EXPECT_EQ(resizeImage(grey(1, 2, {0, 200}), 1, 4).pixels, (Bytes{0, 50, 150, 200}));
}

TEST(ResizeImage, ShrinksByTheMeanOfAllPixels) {
    EXPECT_EQ(resizeImage(grey(2, 2, {10, 20, 30, 40}), 1, 1).pixels, (Bytes{25}));
    // (3·0 + 3·70 + 1·140) / 7 = 50; (1·70 + 3·140 + 3·210) / 7 = 160.
    EXPECT_EQ(resizeImage(grey(1, 4, {0, 70, 140, 210}), 1, 2).pixels, (Bytes{50, 160}));
}

TEST(ResizeImage, FineStripesBecomeGreyInsteadOfFlickering) {
    Bytes stripes(1000);
    for (std::size_t i = 0; i < stripes.size(); ++i) stripes[i] = i % 2 ? 255 : 0;
    for (const auto pixel : resizeImage(grey(1, 1000, std::move(stripes)), 1, 10).pixels) EXPECT_NEAR(pixel, 127.5, 1.5);
}

TEST(ResizeImage, OneColourStaysThatColourInEveryChannel) {
    Image image{3, 5, 7, Bytes(105)};
    for (std::size_t i = 0; i < 105; ++i) image.pixels[i] = static_cast<std::uint8_t>(i < 35 ? 10 : i < 70 ? 128 : 255);
    const auto resized = resizeImage(image, 11, 3);
    EXPECT_EQ(resized.channels, 3);
    for (std::size_t i = 0; i < 99; ++i) EXPECT_EQ(resized.pixels[i], i < 33 ? 10 : i < 66 ? 128 : 255);
}

TEST(FitImage, KeepsWhatHasTheFrameAlready) {
    const auto image = grey(2, 2, {1, 2, 3, 4});
    for (const auto fit : {ImageFit::Pad, ImageFit::Crop, ImageFit::Stretch}) EXPECT_EQ(fitImage(image, 2, 2, fit).pixels, image.pixels);
}

TEST(FitImage, PadShowsAllOfItBetweenBlackSides) {
    // 2 × 4 in 4 × 4: unchanged rows in the middle.
    const auto fitted = fitImage(grey(2, 4, {1, 2, 3, 4, 5, 6, 7, 8}), 4, 4, ImageFit::Pad);
    EXPECT_EQ(fitted.pixels, (Bytes{0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0}));
}

TEST(FitImage, CropKeepsTheMiddle) {
    const auto fitted = fitImage(grey(2, 4, {1, 2, 3, 4, 5, 6, 7, 8}), 2, 2, ImageFit::Crop);
    EXPECT_EQ(fitted.pixels, (Bytes{2, 3, 6, 7}));
}

TEST(FitImage, ExtremeShapesKeepAtLeastOnePixel) {
    const Image line = grey(1, 5000, Bytes(5000, 200));
    for (const auto fit : {ImageFit::Pad, ImageFit::Crop, ImageFit::Stretch}) {
        const auto fitted = fitImage(line, 8, 8, fit);
        EXPECT_EQ(fitted.pixels.size(), 64u);
        EXPECT_NE(std::count(fitted.pixels.begin(), fitted.pixels.end(), 200), 0);
    }
}

TEST(WithChannels, GreyIsWhatTheEyeSees) {
    const Image colours{3, 1, 3, {255, 0, 0, 0, 255, 0, 0, 0, 255}};
    EXPECT_EQ(withChannels(colours, 1).pixels, (Bytes{76, 150, 29}));
    EXPECT_EQ(withChannels(grey(1, 2, {7, 9}), 3).pixels, (Bytes{7, 9, 7, 9, 7, 9}));
    EXPECT_FALSE(isGrey(colours));
    EXPECT_TRUE(isGrey(withChannels(grey(1, 2, {7, 9}), 3)));
}

}  // namespace
}  // namespace lamina
