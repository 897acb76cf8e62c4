#include "core/layers/initializers.h"

#include <array>
#include <utility>

namespace lamina {
namespace {

using Kind = Initializer::Kind;

/// Limit of the uniform and deviation of the normal choice: small against the numbers between layers.
constexpr double smallStart = 0.05;

const std::array<std::pair<const char*, Kind>, 9> choices{{{"glorot_uniform", Kind::GlorotUniform},
                                                           {"glorot_normal", Kind::GlorotNormal},
                                                           {"he_uniform", Kind::HeUniform},
                                                           {"he_normal", Kind::HeNormal},
                                                           {"lecun_uniform", Kind::LecunUniform},
                                                           {"lecun_normal", Kind::LecunNormal},
                                                           {"orthogonal", Kind::Orthogonal},
                                                           {"uniform", Kind::Uniform},
                                                           {"normal", Kind::Normal}}};

}  // namespace

std::vector<std::string> initializerChoices() {
    std::vector<std::string> names;
    for (const auto& [name, kind] : choices) names.emplace_back(name);
    return names;
}

Initializer initializerOf(const std::string& choice, std::int64_t fanIn, std::int64_t fanOut) {
    for (const auto& [name, kind] : choices)
        if (choice == name) return {kind, kind == Kind::Uniform || kind == Kind::Normal ? smallStart : 0, fanIn, fanOut};
    return {Kind::GlorotUniform, 0, fanIn, fanOut};
}

const char* initializerTitle() { return "Starting weights"; }

const char* initializerHelp() {
    return "How large the random weights are at the start. He suits ReLU and its relatives; Glorot suits sigmoid, tanh and the last layer; LeCun suits SELU; "
           "Orthogonal helps very deep and recurrent networks; small random numbers are the same for layers of every size.";
}

}  // namespace lamina
