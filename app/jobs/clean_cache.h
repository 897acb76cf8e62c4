// What recipes gave, kept as column files in the project's folder, so that it need not be made again and need not lie in memory. Nothing names these
// files: they may go at any time, and the oldest do where they take up much.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/data/cleaning/recipe.h"
#include "core/project/project.h"

namespace lamina {

struct KeptClean {
    CleanTable clean;
    Recipe recipe;                    ///< with what its steps learned
    std::vector<StepReport> reports;  ///< without the list of refused cells
};

class CleanCache {
public:
    explicit CleanCache(const Project& project) : m_project(project) {}

    /// Where it is there and whole. Columns that the recipe left as they were are those of `source`. `others`: tells the state of the project's
    /// other tables; asked only where the recipe looked at them.
    std::optional<KeptClean> find(const std::string& key, const Table& source, const std::function<std::string()>& others) const;
    /// `others` empty: the recipe looked at no other table. There whole or not at all; nothing in a project that is only read.
    Result<void> keep(const std::string& key, const Table& source, const KeptClean& made, const std::string& others, const CancelToken& cancel) const;

    /// Bytes that a result may take before older ones go.
    static constexpr std::uint64_t largest = std::uint64_t{8} << 30;

private:
    Path folder() const { return m_project.folder() / "cache"; }
    void sweep(const std::string& keptKey) const;

    const Project& m_project;
};

/// Bytes of the columns in memory that are not those of `source`.
std::uint64_t madeBytes(const Table& source, const Table& made);

}  // namespace lamina
