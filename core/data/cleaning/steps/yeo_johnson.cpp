// Yeo-Johnson's power transform (Yeo and Johnson 2000), lambda by maximum likelihood, standardised afterwards.
#include <algorithm>
#include <cmath>

#include "core/data/cleaning/steps/number_tools.h"

namespace lamina {
namespace {

struct YeoJohnson {
    std::vector<std::string> columns;
    bool standardise = true;
};

double yeoJohnsonOf(double x, double lambda) {
    constexpr double tiny = std::numeric_limits<double>::epsilon();
    if (x >= 0) return std::abs(lambda) < tiny ? std::log1p(x) : std::expm1(lambda * std::log1p(x)) / lambda;
    return std::abs(lambda - 2) < tiny ? -std::log1p(-x) : -std::expm1((2 - lambda) * std::log1p(-x)) / (2 - lambda);
}

/// The logarithm of the likelihood of normally distributed results, but for a constant. `logs` are log1p(|x|) with the sign of x.
class YeoJohnsonLikelihood {
public:
    explicit YeoJohnsonLikelihood(const std::vector<double>& values) : m_logs(values.size()), m_made(values.size()) {
        std::transform(values.begin(), values.end(), m_logs.begin(), [](double x) { return std::copysign(std::log1p(std::abs(x)), x); });
        for (const double log : m_logs) m_sum += log;
    }
    double operator()(double lambda) {
        for (std::size_t i = 0; i < m_logs.size(); ++i) m_made[i] = madeOf(m_logs[i], lambda);
        const double deviation = meanDeviation(m_made).deviation;
        if (!std::isfinite(deviation) || deviation <= 0) return -std::numeric_limits<double>::infinity();
        return -static_cast<double>(m_logs.size()) * std::log(deviation) + (lambda - 1) * m_sum;
    }

private:
    static double madeOf(double log, double lambda) {
        const double power = log >= 0 ? lambda : 2 - lambda;
        return std::abs(power) < 1e-14 ? log : std::copysign(std::expm1(power * std::abs(log)) / power, log);
    }
    std::vector<double> m_logs, m_made;
    double m_sum = 0;
};

constexpr double goldenPart = 0.3819660112501051;

/// Where a function with one peak is largest (Brent 1973: parabolas, golden section where they lead astray).
template <class Function>
double peakBetween(double low, double high, Function& function) {
    constexpr double tolerance = 1e-8;
    double best = low + goldenPart * (high - low), second = best, third = best, step = 0, stepBefore = 0;
    double atBest = function(best), atSecond = atBest, atThird = atBest;
    for (int i = 0; i < 100 && high - low > 4 * tolerance && std::abs(best - (low + high) / 2) + (high - low) / 2 > 2 * tolerance; ++i) {
        const double p = (best - second) * (atBest - atThird), q = (best - third) * (atBest - atSecond);
        const double above = (best - third) * q - (best - second) * p, below = 2 * (q - p);
        const double parabola = below == 0 ? 0 : -above / below;
        const bool trusted = below != 0 && std::abs(parabola) < std::abs(stepBefore) / 2 && best + parabola > low && best + parabola < high;
        stepBefore = trusted ? step : (best < (low + high) / 2 ? high : low) - best;
        step = trusted ? parabola : goldenPart * stepBefore;
        const double tried = best + (std::abs(step) >= tolerance ? step : std::copysign(tolerance, step)), atTried = function(tried);
        if (atTried >= atBest) {
            (tried >= best ? low : high) = best;
            third = second, atThird = atSecond, second = best, atSecond = atBest, best = tried, atBest = atTried;
        } else {
            (tried < best ? low : high) = tried;
            if (atTried >= atSecond || second == best) third = second, atThird = atSecond, second = tried, atSecond = atTried;
            else if (atTried >= atThird || third == best || third == second) third = tried, atThird = atTried;
        }
    }
    return best;
}

/// The likelihood has one peak but for rounding; the bounds move until it lies between.
double likeliestLambda(const std::vector<double>& values) {
    YeoJohnsonLikelihood likelihood(values);
    double low = -2, high = 4;
    for (int i = 0; i < 6 && likelihood(low) > likelihood(low + 1); ++i) low *= 2;
    for (int i = 0; i < 6 && likelihood(high) > likelihood(high - 1); ++i) high *= 2;
    return peakBetween(low, high, likelihood);
}

Result<nlohmann::json> fitYeoJohnson(const CleanTable& input, TrainingRows training, const YeoJohnson& settings, const StepContext& context) {
    return learnNumberColumns(input, training, settings.columns, context, [](std::vector<double> values) -> nlohmann::json {
        const bool constant = std::all_of(values.begin(), values.end(), [&](double x) { return x == values[0]; });
        const double lambda = constant ? 1 : likeliestLambda(values);
        for (double& value : values) value = yeoJohnsonOf(value, lambda);
        const auto [mean, deviation] = meanDeviation(values);
        return {{"lambda", lambda}, {"mean", mean}, {"deviation", deviation > 0 && !constant ? deviation : 1.0}};
    });
}

Result<CleanTable> applyYeoJohnson(const CleanTable& input, const YeoJohnson& settings, const nlohmann::json& fitted, const StepContext& context, StepReport& report) {
    return mapLearnedColumns(input, fitted, context, report, [&settings](const nlohmann::json& learned) -> NumberFunction {
        const double lambda = learned.at("lambda").get<double>();
        const double mean = settings.standardise ? learned.at("mean").get<double>() : 0;
        const double deviation = settings.standardise ? learned.at("deviation").get<double>() : 1;
        return eachNumber([=](double x) { return (yeoJohnsonOf(x, lambda) - mean) / deviation; });
    });
}

}  // namespace

const CleaningStepType& yeo_johnson_step() {
    static const CleaningStepType type = CleaningStepDescriptor<YeoJohnson, applyYeoJohnson>{
        .id = "yeo_johnson",
        .title = "Make bell-shaped (Yeo-Johnson)",
        .category = "numbers",
        .summary = "Bends skewed columns so that their training values are as close to a normal distribution as a power allows; negative values are fine.",
        .searchWords = {"power", "box-cox", "skew", "normal", "gaussian"},
        .properties = {property("columns", &YeoJohnson::columns, "Columns", "The columns of numbers; none: all that are neither target nor ignored.", {.meaning = "column"}),
                       property("standardise", &YeoJohnson::standardise, "Standardise", "Afterwards shifts and scales to the mean 0 and the standard deviation 1.")},
        .fit = eraseFit<YeoJohnson, fitYeoJohnson>};
    return type;
}

}  // namespace lamina
