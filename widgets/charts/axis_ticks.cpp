#include "widgets/charts/axis_ticks.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace lamina {
namespace {

double roundStep(double least) {
    const double power = std::pow(10.0, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power >= least * 0.999999) return factor * power;
    return 10 * power;
}

/// As many decimals as tell two neighbours apart.
QString tickLabel(double value, double step) {
    const double size = std::max(std::abs(value), step);
    if (value != 0 && (size >= 1e9 || step < 1e-5)) return QString::number(value, 'g', 6);
    if (step >= 1e6) return value == 0 ? QStringLiteral("0") : QString::number(value / 1e6) + 'M';
    if (step >= 1e3) return value == 0 ? QStringLiteral("0") : QString::number(value / 1e3) + 'k';
    const int decimals = std::max(0, static_cast<int>(std::ceil(-std::log10(step) - 1e-9)));
    return QString::number(value, 'f', decimals);
}

template <class Label>
std::vector<AxisTick> multiples(double low, double high, double step, Label label) {
    std::vector<AxisTick> ticks;
    const double first = std::ceil(low / step - 1e-9);
    for (int i = 0; i < 100 && (first + i) * step <= high + step * 1e-9; ++i) {
        // -0 is 0.
        const double at = (first + i) * step + 0.0;
        QString text = label(at);
        if (ticks.empty() || ticks.back().label != text) ticks.push_back({at, std::move(text)});
    }
    return ticks;
}

QString roundTime(double seconds, double step) {
    if (step < 1) return tickLabel(seconds, step) + " s";
    const auto whole = static_cast<long long>(std::llround(seconds));
    if (step >= 86400) return QString::number(whole / 86400) + " d";
    if (step >= 3600) return QString::number(whole / 3600) + " h";
    if (whole < 60) return QString::number(whole) + " s";
    return curveTime(static_cast<double>(whole));
}

}  // namespace

std::vector<AxisTick> linearTicks(double low, double high, int most) {
    if (!(high > low) || !std::isfinite(high - low)) return {};
    const double step = roundStep((high - low) / std::max(1, most));
    return multiples(low, high, step, [step](double at) { return tickLabel(at, step); });
}

std::vector<AxisTick> logarithmicTicks(double low, double high, int most) {
    if (!(high > low) || !std::isfinite(high - low)) return {};
    const auto label = [](double number) { return QString::number(number, 'g', 6); };
    // Within a decade or two: 1, 2, 5; narrower still: round numbers; wider: powers of ten.
    if (high - low < 0.5) {
        std::vector<AxisTick> ticks = linearTicks(std::pow(10.0, low), std::pow(10.0, high), most);
        for (AxisTick& tick : ticks) tick.at = std::log10(tick.at);
        std::erase_if(ticks, [](const AxisTick& tick) { return !std::isfinite(tick.at); });
        return ticks;
    }
    const double decades = high - low;
    if (decades * 3 > most + 2)
        return multiples(low, high, std::max(1.0, std::ceil(decades / most)), [&label](double at) { return label(std::pow(10.0, at)); });
    std::vector<AxisTick> ticks;
    for (double decade = std::floor(low); decade <= high; ++decade)
        for (const double factor : {1.0, 2.0, 5.0})
            if (const double at = decade + std::log10(factor); at >= low && at <= high) ticks.push_back({at, label(std::pow(10.0, decade) * factor)});
    return ticks;
}

std::vector<AxisTick> timeTicks(double low, double high, int most) {
    if (!(high > low) || !std::isfinite(high - low)) return {};
    // Longer than anybody waits: plain numbers.
    if (std::max(-low, high) > 1e11) return linearTicks(low, high, most);
    const double least = (high - low) / std::max(1, most);
    double step = roundStep(least);
    static constexpr std::array<double, 17> round{1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200};
    if (least > 1) {
        const auto found = std::find_if(round.begin(), round.end(), [least](double seconds) { return seconds >= least; });
        step = found != round.end() ? *found : 86400 * std::ceil(least / 86400);
    }
    return multiples(low, high, step, [step](double at) { return roundTime(at, step); });
}

QString curveNumber(double value) {
    if (!std::isfinite(value)) return QStringLiteral("–");
    const double size = std::abs(value);
    if (size != 0 && (size < 1e-4 || size >= 1e7)) return QString::number(value, 'e', 3);
    if (value == std::floor(value)) return QString::number(value, 'f', 0);
    return QString::number(value, 'f', size >= 1000 ? 1 : size >= 100 ? 2 : size >= 10 ? 3 : 4);
}

QString curveTime(double seconds) {
    if (!std::isfinite(seconds)) return QStringLiteral("–");
    if (seconds < 60) return QString::number(seconds, 'f', seconds < 10 ? 1 : 0) + " s";
    const auto whole = static_cast<long long>(std::llround(seconds));
    const QString minutes = QString::number(whole / 60 % 60), rest = QString::number(whole % 60).rightJustified(2, '0');
    if (whole < 3600) return minutes + ':' + rest;
    return QString::number(whole / 3600) + ':' + minutes.rightJustified(2, '0') + ':' + rest;
}

}  // namespace lamina
