// The updates of optimizers, for one number, once for every device.
#pragma once

#include <cmath>

#include "core/engine/formulas/activations.h"

namespace lamina::formulas {

/// Numbers that an update needs, computed once per step in double and rounded once.
template <class T>
struct UpdateNumbers {
    T learningRate, momentum, beta1, beta2, oneMinusBeta1, oneMinusBeta2, epsilon, weightDecay;
    T stepSize;        ///< Adam: learningRate / (1 - beta1^t)
    T rootCorrection;  ///< Adam: 1 / sqrt(1 - beta2^t)
    T decay;           ///< AdamW: 1 - learningRate · weightDecay
};

/// `step` counts updates from 0.
template <class T>
UpdateNumbers<T> updateNumbers(const OptimizerAttributes& a, double learningRate, std::uint64_t step) {
    const double t = static_cast<double>(step) + 1;
    return {T(learningRate), T(a.momentum), T(a.beta1), T(a.beta2), T(1 - a.beta1), T(1 - a.beta2), T(a.epsilon), T(a.weightDecay),
            T(learningRate / (1 - std::pow(a.beta1, t))), T(1 / std::sqrt(1 - std::pow(a.beta2, t))), T(1 - learningRate * a.weightDecay)};
}

/// SGD: g' = g + weightDecay·p; with momentum (as PyTorch): m = momentum·m + g', p -= lr·m; without: p -= lr·g'.
struct Sgd {
    static constexpr int slots = 0;
    template <class T> LAMINA_HD static void update(T& p, T g, const UpdateNumbers<T>& n) { p -= n.learningRate * (g + n.weightDecay * p); }
};
struct SgdMomentum {
    static constexpr int slots = 1;
    template <class T> LAMINA_HD static void update(T& p, T g, T& m, const UpdateNumbers<T>& n) {
        m = n.momentum * m + (g + n.weightDecay * p);
        p -= n.learningRate * m;
    }
};
/// Adam (Kingma & Ba 2015, with L2 decay in the gradient): m = b1·m + (1-b1)·g, v = b2·v + (1-b2)·g²,
/// p -= lr/(1-b1^t) · m / (sqrt(v)/sqrt(1-b2^t) + eps).
struct Adam {
    static constexpr int slots = 2;
    template <class T> LAMINA_HD static void update(T& p, T g, T& m, T& v, const UpdateNumbers<T>& n) {
        g += n.weightDecay * p;
        m = n.beta1 * m + n.oneMinusBeta1 * g;
        v = n.beta2 * v + n.oneMinusBeta2 * g * g;
        p -= n.stepSize * m / (std::sqrt(v) * n.rootCorrection + n.epsilon);
    }
};
/// AdamW (Loshchilov & Hutter 2019): p *= 1 - lr·weightDecay before Adam's step, which sees the bare gradient.
struct AdamW {
    static constexpr int slots = 2;
    template <class T> LAMINA_HD static void update(T& p, T g, T& m, T& v, const UpdateNumbers<T>& n) {
        p *= n.decay;
        m = n.beta1 * m + n.oneMinusBeta1 * g;
        v = n.beta2 * v + n.oneMinusBeta2 * g * g;
        p -= n.stepSize * m / (std::sqrt(v) * n.rootCorrection + n.epsilon);
    }
};

}  // namespace lamina::formulas
