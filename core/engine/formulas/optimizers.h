// The updates of optimizers, for one number, once for every device.
#pragma once

#include <algorithm>
#include <cmath>

#include "core/engine/formulas/activations.h"

namespace lamina::formulas {

/// Numbers that an update needs, computed once per step in double and rounded once.
template <class T>
struct UpdateNumbers {
    T learningRate, momentum, beta1, beta2, oneMinusBeta1, oneMinusBeta2, epsilon, weightDecay;
    T stepSize;        ///< Adam: learningRate / (1 - beta1^t); Nadam: that of m
    T rootCorrection;  ///< Adam, Nadam: 1 / sqrt(1 - beta2^t)
    T decay;           ///< AdamW, Lion: 1 - learningRate · weightDecay
    T gradientSize;    ///< Nadam: the step's size for the gradient itself
};

/// Step sizes of Nadam in update t (from 1), with the momentum's own course mu(t) = beta1·(1 - 0.96^(t/250)/2): that of the gradient,
/// lr·(1 - mu(t)) / (1 - Π mu), and that of m, lr·mu(t+1) / (1 - mu(t+1)·Π mu); the product goes over mu(1) … mu(t).
struct NadamSizes {
    double gradient, momentum;
};
inline NadamSizes nadamSizes(double beta1, double learningRate, double t) {
    const auto mu = [beta1](double at) { return beta1 * (1 - 0.5 * std::pow(0.96, at * 0.004)); };
    double product = 1;
    for (double i = 1; i <= t && product > 1e-20; ++i) product *= mu(i);
    return {learningRate * (1 - mu(t)) / (1 - product), learningRate * mu(t + 1) / (1 - product * mu(t + 1))};
}

/// `step` counts updates from 0.
template <class T>
UpdateNumbers<T> updateNumbers(const OptimizerAttributes& a, double learningRate, std::uint64_t step) {
    const double t = static_cast<double>(step) + 1;
    UpdateNumbers<T> n{T(learningRate), T(a.momentum), T(a.beta1), T(a.beta2), T(1 - a.beta1), T(1 - a.beta2), T(a.epsilon), T(a.weightDecay),
                       T(learningRate / (1 - std::pow(a.beta1, t))), T(1 / std::sqrt(1 - std::pow(a.beta2, t))), T(1 - learningRate * a.weightDecay), T(0)};
    if (a.kind == OptimizerKind::Nadam) {
        const NadamSizes sizes = nadamSizes(a.beta1, learningRate, t);
        n.gradientSize = T(sizes.gradient);
        n.stepSize = T(sizes.momentum);
    }
    if (a.kind == OptimizerKind::Ema) {
        // Young averages forget faster: the first is the parameter itself, and where it began soon counts for nothing.
        const double kept = std::min(a.beta2, (t - 1) / (t + 9));
        n.beta2 = T(kept);
        n.oneMinusBeta2 = T(1 - kept);
    }
    return n;
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
/// Nesterov's momentum (as PyTorch): m = momentum·m + g', p -= lr·(g' + momentum·m).
struct SgdNesterov {
    static constexpr int slots = 1;
    template <class T> LAMINA_HD static void update(T& p, T g, T& m, const UpdateNumbers<T>& n) {
        g += n.weightDecay * p;
        m = n.momentum * m + g;
        p -= n.learningRate * (g + n.momentum * m);
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
/// Nadam (Dozat 2016, as PyTorch 2): Adam that looks ahead: p -= (gradientSize·g + stepSize·m) / (sqrt(v)/sqrt(1-b2^t) + eps), see nadamSizes().
struct Nadam {
    static constexpr int slots = 2;
    template <class T> LAMINA_HD static void update(T& p, T g, T& m, T& v, const UpdateNumbers<T>& n) {
        g += n.weightDecay * p;
        m = n.beta1 * m + n.oneMinusBeta1 * g;
        v = n.beta2 * v + n.oneMinusBeta2 * g * g;
        p -= (n.gradientSize * g + n.stepSize * m) / (std::sqrt(v) * n.rootCorrection + n.epsilon);
    }
};
/// RMSprop (Hinton 2012, as PyTorch): v = b2·v + (1-b2)·g'², p -= lr·g' / (sqrt(v) + eps); with momentum m = momentum·m + g'/(sqrt(v) + eps), p -= lr·m.
struct RmsProp {
    static constexpr int slots = 1;
    template <class T> LAMINA_HD static void update(T& p, T g, T& v, const UpdateNumbers<T>& n) {
        g += n.weightDecay * p;
        v = n.beta2 * v + n.oneMinusBeta2 * g * g;
        p -= n.learningRate * (g / (std::sqrt(v) + n.epsilon));
    }
};
struct RmsPropMomentum {
    static constexpr int slots = 2;
    template <class T> LAMINA_HD static void update(T& p, T g, T& v, T& m, const UpdateNumbers<T>& n) {
        g += n.weightDecay * p;
        v = n.beta2 * v + n.oneMinusBeta2 * g * g;
        m = n.momentum * m + g / (std::sqrt(v) + n.epsilon);
        p -= n.learningRate * m;
    }
};
/// Adagrad (Duchi et al. 2011): v += g'², p -= lr·g' / (sqrt(v) + eps).
struct Adagrad {
    static constexpr int slots = 1;
    template <class T> LAMINA_HD static void update(T& p, T g, T& v, const UpdateNumbers<T>& n) {
        g += n.weightDecay * p;
        v += g * g;
        p -= n.learningRate * (g / (std::sqrt(v) + n.epsilon));
    }
};
/// Lion (Chen et al. 2023): c = b1·m + (1-b1)·g, p = (1 - lr·weightDecay)·p - lr·sign(c), m = b2·m + (1-b2)·g.
struct Lion {
    static constexpr int slots = 1;
    template <class T> LAMINA_HD static void update(T& p, T g, T& m, const UpdateNumbers<T>& n) {
        const T c = n.beta1 * m + n.oneMinusBeta1 * g;
        p = p * n.decay - (c > T(0) ? n.learningRate : c < T(0) ? -n.learningRate : T(0));
        m = n.beta2 * m + n.oneMinusBeta2 * g;
    }
};
/// The running average of a parameter: the parameter itself stays. updateNumbers() lets young averages forget faster.
struct Ema {
    static constexpr int slots = 1;
    template <class T> LAMINA_HD static void update(T& p, T, T& average, const UpdateNumbers<T>& n) {
        average = n.beta2 * average + n.oneMinusBeta2 * p;
    }
};

/// Calls use(Formula{}) for what the attributes ask for.
template <class Use>
auto dispatchUpdate(const OptimizerAttributes& a, Use&& use) {
    switch (a.kind) {
        case OptimizerKind::Sgd: break;
        case OptimizerKind::Adam: return use(Adam{});
        case OptimizerKind::AdamW: return use(AdamW{});
        case OptimizerKind::Nadam: return use(Nadam{});
        case OptimizerKind::RmsProp: return a.momentum != 0 ? use(RmsPropMomentum{}) : use(RmsProp{});
        case OptimizerKind::Adagrad: return use(Adagrad{});
        case OptimizerKind::Lion: return use(Lion{});
        case OptimizerKind::Ema: return use(Ema{});
    }
    return a.momentum == 0 ? use(Sgd{}) : a.nesterov ? use(SgdNesterov{}) : use(SgdMomentum{});
}

/// Slots beside the parameter.
inline int updateSlots(const OptimizerAttributes& a) {
    return dispatchUpdate(a, [](auto formula) { return decltype(formula)::slots; });
}

}  // namespace lamina::formulas
