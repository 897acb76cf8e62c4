// Point-wise functions and their derivatives, once for every device (g++ and nvcc). A new one is a functor here, a UnaryKind and
// a line in dispatchUnary(). backward(x, y, dy) gives dy · f'(x); `reads` says which of x and y it looks at, so the other need not be kept.
#pragma once

#include <cmath>

#include "core/engine/graph.h"

#ifdef __CUDACC__
#define LAMINA_HD __host__ __device__
#else
#define LAMINA_HD
#endif

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
    template <class T> LAMINA_HD static T forward(T x, T) { return T(1) / (T(1) + std::exp(-x)); }
    template <class T> LAMINA_HD static T backward(T, T y, T dy, T) { return dy * y * (T(1) - y); }
};
struct Tanh {
    static constexpr Reads reads = Reads::Output;
    template <class T> LAMINA_HD static T forward(T x, T) { return std::tanh(x); }
    template <class T> LAMINA_HD static T backward(T, T y, T dy, T) { return dy * (T(1) - y * y); }
};
struct Exp {
    static constexpr Reads reads = Reads::Output;
    template <class T> LAMINA_HD static T forward(T x, T) { return std::exp(x); }
    template <class T> LAMINA_HD static T backward(T, T y, T dy, T) { return dy * y; }
};
struct Log {
    static constexpr Reads reads = Reads::Input;
    template <class T> LAMINA_HD static T forward(T x, T) { return std::log(x); }
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
        case UnaryKind::Scale: return use(Scale{});
    }
    return use(Scale{});
}

}  // namespace lamina::formulas
