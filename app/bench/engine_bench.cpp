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

Figure fractionOfPeak(const Settings& settings) {
    constexpr int batch = 256;
    Figure figure{"mlp_b256_fraction_of_peak", {}, {}};
    TrainingStep step(StepKind::Mlp, batch, settings.threads);
    std::vector<double> fractions;
    for (int round = 0; round < settings.rounds; ++round) {
        const double seconds = step.measure(settings.seconds), peak = peakFlops(settings.threads), flops = step.productFlops() / seconds;
        fractions.push_back(flops / peak);
        figure.lines.push_back(line("MLP 784-1024-512-10, batch %d: %.0f samples/s, %.1f of %.1f GFLOP/s: %.1f %%", batch, batch / seconds, flops * 1e-9,
                                    peak * 1e-9, 100 * fractions.back()));
    }
    figure.value = median(fractions);
    return figure;
}

Figure fractionOfBandwidth(const Settings& settings) {
    constexpr std::int64_t numbers = 10'000'000;
    constexpr double bytesPerNumber = 28;  // read p, g, m, v; write p, m, v
    Figure figure{"adam_fraction_of_bandwidth", {}, {}};
    TrainingStep step(StepKind::AdamOnly, numbers, settings.threads);
    std::vector<double> fractions;
    for (int round = 0; round < settings.rounds; ++round) {
        const double rate = bytesPerNumber * numbers / step.measure(settings.seconds), limit = readModifyWriteBandwidth(settings.threads);
        fractions.push_back(rate / limit);
        figure.lines.push_back(line("Adam over 10 million parameters: %.1f of %.1f GB/s: %.1f %%", rate * 1e-9, limit * 1e-9, 100 * fractions.back()));
    }
    figure.value = median(fractions);
    return figure;
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
