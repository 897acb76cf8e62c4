// The point-wise functions in float against the same formulas in double, over everything a float32 network may give them.
#include "core/engine/formulas/activations.h"

#include <gtest/gtest.h>

#include <limits>

using namespace lamina;

namespace {

/// |x| up to 120, closer together near 0.
std::vector<float> places() {
    std::vector<float> list{0.0f};
    for (float x = 1e-6f; x < 120; x *= 1.0037f) {
        list.push_back(x);
        list.push_back(-x);
    }
    return list;
}

double error(double found, double expected) {
    if (std::isinf(expected) || std::abs(expected) > std::numeric_limits<float>::max()) return std::isinf(found) ? 0 : 1;
    return std::abs(found - expected) / std::max(std::abs(expected), 1e-30);
}

/// Largest relative error of the function and of its derivative.
std::pair<double, double> largestErrors(UnaryKind kind, double alpha, float lowest, float highest) {
    std::pair<double, double> largest{0, 0};
    formulas::dispatchUnary(kind, [&](auto f) {
        for (float x : places()) {
            if (x < lowest || x > highest) continue;
            const float y = f.forward(x, static_cast<float>(alpha));
            const double exact = f.forward(static_cast<double>(x), alpha), wide = y;
            largest.first = std::max(largest.first, error(y, exact));
            const double slope = f.backward(static_cast<double>(x), wide, 1.0, alpha);
            largest.second = std::max(largest.second, std::min(error(f.backward(x, y, 1.0f, static_cast<float>(alpha)), slope),
                                                               std::abs(f.backward(x, y, 1.0f, static_cast<float>(alpha)) - slope)));
        }
    });
    return largest;
}

}  // namespace

TEST(Formulas, FloatKeepsToAFewUnitsInTheLastPlace) {
    struct Range {
        UnaryKind kind;
        float lowest, highest;
        double forward;
    };
    for (const Range& r : {Range{UnaryKind::Exp, -87, 120, 3e-7}, {UnaryKind::Log, 1e-7f, 120, 3e-7}, {UnaryKind::Sigmoid, -87, 120, 3e-7}, {UnaryKind::Tanh, -120, 120, 4e-7},
                           {UnaryKind::Elu, -120, 120, 4e-7}, {UnaryKind::Gelu, -9, 120, 8e-6}, {UnaryKind::GeluTanh, -6, 120, 8e-6},
                           {UnaryKind::Silu, -80, 120, 5e-7}, {UnaryKind::Softplus, -80, 120, 5e-7}, {UnaryKind::Mish, -80, 120, 6e-7}}) {
        const auto [forward, backward] = largestErrors(r.kind, 0.7, r.lowest, r.highest);
        EXPECT_LT(forward, r.forward) << unaryName(r.kind);
        EXPECT_LT(backward, 1e-6) << unaryName(r.kind) << "'s derivative";
    }
}

TEST(Formulas, ReluOfLargeNumbersIsWhatSmoothOnesBecome) {
    for (UnaryKind kind : {UnaryKind::Gelu, UnaryKind::GeluTanh, UnaryKind::Silu, UnaryKind::Softplus, UnaryKind::Mish})
        formulas::dispatchUnary(kind, [&](auto f) {
            for (float x : {150.0f, 1e6f, 1e15f}) {
                EXPECT_EQ(f.forward(x, 0.0f), x) << unaryName(kind);
                EXPECT_EQ(f.forward(-x, 0.0f), 0.0f) << unaryName(kind);
                EXPECT_EQ(f.backward(x, x, 2.0f, 0.0f), 2.0f) << unaryName(kind);
                EXPECT_EQ(f.backward(-x, 0.0f, 2.0f, 0.0f), 0.0f) << unaryName(kind);
            }
        });
}

TEST(Formulas, ANumberThatIsNoneStaysNone) {
    const float none = std::numeric_limits<float>::quiet_NaN();
    for (int i = 0; i <= static_cast<int>(lastUnaryKind); ++i)
        formulas::dispatchUnary(static_cast<UnaryKind>(i), [&](auto f) {
            if (static_cast<UnaryKind>(i) != UnaryKind::Relu) {  // whose answer is 0
                EXPECT_TRUE(std::isnan(f.forward(none, 0.5f))) << unaryName(static_cast<UnaryKind>(i));
            }
        });
}

TEST(Formulas, LogarithmsAtTheirBorders) {
    const float infinity = std::numeric_limits<float>::infinity();
    EXPECT_EQ(formulas::logOf(1.0f), 0.0f);
    EXPECT_EQ(formulas::logOf(0.0f), -infinity);
    EXPECT_EQ(formulas::logOf(-0.0f), -infinity);
    EXPECT_EQ(formulas::logOf(infinity), infinity);
    EXPECT_TRUE(std::isnan(formulas::logOf(-1.0f)));
    EXPECT_NEAR(formulas::logOf(1e-30f), std::log(1e-30), 1e-5);
    EXPECT_NEAR(formulas::logOf(3e38f), std::log(3e38), 1e-5);
}

TEST(Formulas, PowersAtTheirBorders) {
    EXPECT_EQ(formulas::Pow::forward(0.0, 0.0), 1);
    EXPECT_EQ(formulas::Pow::backward(0.0, 0.0, 1.0, 0.0), 0) << "a constant";
    EXPECT_EQ(formulas::Pow::forward(-2.0, 3.0), -8);
    EXPECT_EQ(formulas::Pow::backward(-2.0, 0.0, 1.0, 3.0), 12);
}
