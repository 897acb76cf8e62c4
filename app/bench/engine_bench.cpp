// Training steps: ours and theirs in turn, round by round, so that a noisy machine hits both.
#include <algorithm>
#include <cstdio>

#include "app/bench/machine.h"
#include "app/bench/peers.h"
#include "app/bench/report.h"
#include "app/bench/steps.h"

namespace lamina::bench {

namespace {

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const std::size_t half = values.size() / 2;
    return values.size() % 2 ? values[half] : (values[half - 1] + values[half]) / 2;
}

Figure againstTorch(const char* name, const char* what, StepKind kind, const char* peer, const Settings& settings) {
    constexpr int batch = 64;
    Figure figure{name, {}, {}};
    TrainingStep step(kind, batch, settings.threads);
    std::vector<double> ratios;
    for (int round = 0; round < settings.rounds; ++round) {
        const double ours = batch / step.measure(settings.seconds);
        const auto theirs = bestTorch(peer, batch, settings.threads, settings.seconds);
        if (!theirs) {
            figure.lines.push_back(line("%s: %.0f samples/s; PyTorch did not run (Debian package python3-torch)", what, ours));
            return figure;
        }
        ratios.push_back(ours / theirs->samplesPerSecond);
        figure.lines.push_back(line("%s, batch %d, round %d: %.0f samples/s, PyTorch %s (%s) %.0f: %.2f times", what, batch, round + 1, ours,
                                    theirs->version.c_str(), theirs->setUp.c_str(), theirs->samplesPerSecond, ratios.back()));
    }
    figure.value = median(ratios);
    return figure;
}

/// A rate as a fraction of the machine's limit: the best of ours over the best of the limit, both tried in turn many times for a
/// short while, because other programs slow down one and not the other.
struct Best {
    double ours = 0, limit = 0;
};
template <class Ours, class Limit>
Best bestOfBoth(const Settings& settings, Ours&& ours, Limit&& limit) {
    Best best;
    for (int turn = 0; turn < 4 * settings.rounds; ++turn) {
        best.ours = std::max(best.ours, ours());
        best.limit = std::max(best.limit, limit());
    }
    return best;
}

Figure fractionOfPeak(const Settings& settings) {
    constexpr int batch = 256;
    TrainingStep step(StepKind::Mlp, batch, settings.threads);
    const Best best = bestOfBoth(
        settings, [&] { return step.productFlops() / step.measure(settings.seconds / 4); }, [&] { return peakFlops(settings.threads); });
    return {"mlp_b256_fraction_of_peak",
            best.ours / best.limit,
            {line("MLP 784-1024-512-10, batch %d: %.0f samples/s, %.1f of %.1f GFLOP/s of multiply-adds in registers", batch,
                  batch * best.ours / step.productFlops(), best.ours * 1e-9, best.limit * 1e-9)}};
}

Figure fractionOfBandwidth(const Settings& settings) {
    constexpr std::int64_t numbers = 10'000'000;
    constexpr double bytes = 28.0 * numbers;  // read p, g, m, v; write p, m, v
    TrainingStep step(StepKind::AdamOnly, numbers, settings.threads);
    const Best best = bestOfBoth(
        settings, [&] { return bytes / step.measure(settings.seconds / 4); }, [&] { return readModifyWriteBandwidth(settings.threads); });
    return {"adam_fraction_of_bandwidth",
            best.ours / best.limit,
            {line("Adam over 10 million parameters: %.1f GB/s; reading, changing and writing one array: %.1f GB/s", best.ours * 1e-9,
                  best.limit * 1e-9)}};
}

}  // namespace

std::vector<Figure> measureEngine(const Settings& settings) {
    std::vector<Figure> figures;
    figures.push_back(againstTorch("mlp_b64_vs_torch", "MLP 784-1024-512-10", StepKind::Mlp, "mlp", settings));
    figures.push_back(fractionOfPeak(settings));
    figures.push_back(againstTorch("lenet_b64_vs_torch", "LeNet-like network", StepKind::Lenet, "lenet", settings));
    figures.push_back(fractionOfBandwidth(settings));
    figures.front().lines.insert(figures.front().lines.begin(), TrainingStep(StepKind::Mlp, 1, settings.threads).deviceText());
    return figures;
}

}  // namespace lamina::bench
