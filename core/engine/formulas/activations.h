// Point-wise functions and their derivatives, once for every device (g++ and nvcc). A new one is a functor here, a UnaryKind and
// a line in dispatchUnary(). backward(x, y, dy) gives dy · f'(x); `reads` says which of x and y it looks at, so the other need not be kept.
#pragma once

#include <cmath>

#include "core/engine/formulas/functions.h"
#include "core/engine/graph.h"

namespace lamina::formulas {

enum class Reads { Nothing, Input, Output };

struct Relu {
    static constexpr Reads reads = Reads::Output;
    template <class T> LAMINA_HD static T forward(T x, T) { return x > T(0) ? x : T(0); }
    template <class T> LAMINA_HD static T backward(T, T y, T dy, T) { return y > T(0) ? dy : T(0); }
};
struct LeakyRelu {  // the slope is > 0, so y has the sign of x
    static constexpr Reads reads = Reads::Output;
    template <class T> LAMINA_HD static T forward(T x, T a) { return x > T(0) ? x : a * x; }
    template <class T> LAMINA_HD static T backward(T, T y, T dy, T a) { return y > T(0) ? dy : a * dy; }
};
struct Sigmoid {
    static constexpr Reads reads = Reads::Output;
    template <class T> LAMINA_HD static T forward(T x, T) { return T(1) / (T(1) + expOf(-x)); }
    template <class T> LAMINA_HD static T backward(T, T y, T dy, T) { return dy * y * (T(1) - y); }
};
struct Tanh {
    static constexpr Reads reads = Reads::Output;
    template <class T> LAMINA_HD static T forward(T x, T) { return tanhOf(x); }
    template <class T> LAMINA_HD static T backward(T, T y, T dy, T) { return dy * (T(1) - y * y); }
};
struct Exp {
    static constexpr Reads reads = Reads::Output;
    template <class T> LAMINA_HD static T forward(T x, T) { return expOf(x); }
    template <class T> LAMINA_HD static T backward(T, T y, T dy, T) { return dy * y; }
};
struct Log {
    static constexpr Reads reads = Reads::Input;
    template <class T> LAMINA_HD static T forward(T x, T) { return logOf(x); }
    template <class T> LAMINA_HD static T backward(T x, T, T dy, T) { return dy / x; }
};
struct Sqrt {
    static constexpr Reads reads = Reads::Output;
    template <class T> LAMINA_HD static T forward(T x, T) { return std::sqrt(x); }
    template <class T> LAMINA_HD static T backward(T, T y, T dy, T) { return dy / (y + y); }
};
struct Square {
    static constexpr Reads reads = Reads::Input;
    template <class T> LAMINA_HD static T forward(T x, T) { return x * x; }
    template <class T> LAMINA_HD static T backward(T x, T, T dy, T) { return dy * (x + x); }
};
struct Negate {
    static constexpr Reads reads = Reads::Nothing;
    template <class T> LAMINA_HD static T forward(T x, T) { return -x; }
    template <class T> LAMINA_HD static T backward(T, T, T dy, T) { return -dy; }
};
struct Abs {
    static constexpr Reads reads = Reads::Input;
    template <class T> LAMINA_HD static T forward(T x, T) { return x < T(0) ? -x : x; }
    template <class T> LAMINA_HD static T backward(T x, T, T dy, T) { return x > T(0) ? dy : x < T(0) ? -dy : T(0); }
};
struct Elu {  // the factor a is ≥ 0, so y ≤ 0 only where x ≤ 0
    static constexpr Reads reads = Reads::Output;
    template <class T> LAMINA_HD static T forward(T x, T a) { const T below = a * expm1Of(x); return x > T(0) ? x : below; }
    template <class T> LAMINA_HD static T backward(T, T y, T dy, T a) { return y > T(0) ? dy : dy * (y + a); }
};
struct Gelu {  // x·Φ(x)
    static constexpr Reads reads = Reads::Input;
    template <class T> LAMINA_HD static T forward(T x, T) { return x * normalParts(x).below; }
    template <class T> LAMINA_HD static T backward(T x, T, T dy, T) {
        const auto [below, density] = normalParts(x);
        return dy * (below + x * density);
    }
};
struct GeluTanh {  // x/2·(1 + tanh(v)) = x·sigmoid(2v), 2v = √(8/π)·(x + 0.044715·x³)
    static constexpr Reads reads = Reads::Input;
    template <class T> LAMINA_HD static T twice(T x) { return T(1.59576912160573071176) * x * (T(1) + T(0.044715) * x * x); }
    template <class T> LAMINA_HD static T forward(T x, T) { return x / (T(1) + expOf(-twice(x))); }
    template <class T> LAMINA_HD static T backward(T x, T, T dy, T) {
        const T v = twice(x), e = expOf(v > T(0) ? -v : v), q = T(1) / (T(1) + e), gate = v > T(0) ? q : e * q;
        return dy * (gate + x * e * q * q * T(1.59576912160573071176) * (T(1) + T(0.134145) * x * x));
    }
};
struct Silu {  // x·sigmoid(x)
    static constexpr Reads reads = Reads::Input;
    template <class T> LAMINA_HD static T forward(T x, T a) { return x * Sigmoid::forward(x, a); }
    template <class T> LAMINA_HD static T backward(T x, T, T dy, T a) {
        const T s = Sigmoid::forward(x, a);
        return dy * s * (T(1) + x * (T(1) - s));
    }
};
struct Softplus {  // log(1 + e^x)
    static constexpr Reads reads = Reads::Input;
    template <class T> LAMINA_HD static T forward(T x, T) { return (x > T(0) ? x : T(0)) + log1pOfUnit(expOf(x > T(0) ? -x : x)); }
    template <class T> LAMINA_HD static T backward(T x, T, T dy, T a) { return dy * Sigmoid::forward(x, a); }
};
struct Mish {  // x·tanh(log(1 + e^x)) = x·n / (n + 2), n = e^x·(e^x + 2); from 20 on that is x
    static constexpr Reads reads = Reads::Input;
    template <class T> LAMINA_HD static T forward(T x, T) {
        const T e = expOf(x > T(20) ? T(20) : x), n = e * (e + T(2));
        return x * (n / (n + T(2)));
    }
    template <class T> LAMINA_HD static T backward(T x, T, T dy, T) {
        const T e = expOf(x > T(20) ? T(20) : x), n = e * (e + T(2)), d = n + T(2);
        const T slope = T(4) * e * (e + T(1)) / (d * d);
        return dy * (n / d + (x > T(20) ? T(0) : x * slope));
    }
};
struct Pow {
    static constexpr Reads reads = Reads::Input;
    template <class T> LAMINA_HD static T forward(T x, T a) { return std::pow(x, a); }
    template <class T> LAMINA_HD static T backward(T x, T, T dy, T a) { return a == T(0) ? T(0) : dy * a * std::pow(x, a - T(1)); }
};
struct Offset {
    static constexpr Reads reads = Reads::Nothing;
    template <class T> LAMINA_HD static T forward(T x, T a) { return x + a; }
    template <class T> LAMINA_HD static T backward(T, T, T dy, T) { return dy; }
};
struct Scale {
    static constexpr Reads reads = Reads::Nothing;
    template <class T> LAMINA_HD static T forward(T x, T a) { return a * x; }
    template <class T> LAMINA_HD static T backward(T, T, T dy, T a) { return a * dy; }
};

/// Calls use(Relu{}) … for the kind.
template <class Use>
auto dispatchUnary(UnaryKind kind, Use&& use) {
    switch (kind) {
        case UnaryKind::Relu: return use(Relu{});
        case UnaryKind::LeakyRelu: return use(LeakyRelu{});
        case UnaryKind::Sigmoid: return use(Sigmoid{});
        case UnaryKind::Tanh: return use(Tanh{});
        case UnaryKind::Exp: return use(Exp{});
        case UnaryKind::Log: return use(Log{});
        case UnaryKind::Sqrt: return use(Sqrt{});
        case UnaryKind::Square: return use(Square{});
        case UnaryKind::Negate: return use(Negate{});
        case UnaryKind::Abs: return use(Abs{});
        case UnaryKind::Elu: return use(Elu{});
        case UnaryKind::Gelu: return use(Gelu{});
        case UnaryKind::GeluTanh: return use(GeluTanh{});
        case UnaryKind::Silu: return use(Silu{});
        case UnaryKind::Softplus: return use(Softplus{});
        case UnaryKind::Mish: return use(Mish{});
        case UnaryKind::Pow: return use(Pow{});
        case UnaryKind::Offset: return use(Offset{});
        case UnaryKind::Scale: return use(Scale{});
    }
    return use(Scale{});
}

}  // namespace lamina::formulas
