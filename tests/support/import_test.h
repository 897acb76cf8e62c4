// What tests of importers have in common: a source in a folder of its own, read into another; what was refused, and that nothing is left behind.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <fstream>

#include "core/data/importers/importer.h"
#include "core/data/table.h"
#include "tests/support/temporary_folder.h"

namespace lamina {

class ImportTest : public testing::Test {
protected:
    Path put(const std::string& name, const std::string& bytes) {
        std::ofstream(m_source / name, std::ios::binary) << bytes;
        return m_source / name;
    }
    Result<ImportedTable> import(const Path& path, const nlohmann::json& settings = nlohmann::json::object()) {
        LAMINA_TRY(const auto* importer, importerFor(path));
        m_importer = importer->id;
        return importWith(*importer, path, settings, m_target / "columns");
    }
    Table read(const Path& path, const nlohmann::json& settings = nlohmann::json::object()) {
        auto imported = import(path, settings);
        EXPECT_TRUE(imported.ok()) << imported.error().debugText();
        if (!imported) return {};
        m_issues = imported->issues;
        const auto preview = previewWith(*findImporter(m_importer), path, settings, 3);
        EXPECT_TRUE(preview.ok()) << preview.error().debugText();
        if (preview) m_detected = preview->detected;
        for (const auto& entry : std::filesystem::directory_iterator(m_target / "columns")) EXPECT_EQ(entry.path().extension(), ".column");
        return *Table::open(imported->columns);
    }
    std::vector<std::string> held() const {
        std::vector<std::string> names;
        std::error_code none;
        for (const auto& entry : std::filesystem::directory_iterator(m_target / "columns", none)) names.push_back(entry.path().filename().string());
        std::sort(names.begin(), names.end());
        return names;
    }
    /// The error's code; and nothing may be left behind.
    std::string refusal(const Path& path, const nlohmann::json& settings = nlohmann::json::object()) {
        const auto start = std::chrono::steady_clock::now();
        const auto before = held();
        const auto imported = import(path, settings);
        EXPECT_LT(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(), 8.0) << path;
        if (imported) return "";
        EXPECT_EQ(held(), before) << path;
        m_error = imported.error();
        return imported.error().code;
    }
    std::int64_t issueCount(const std::string& code) const {
        for (const auto& issue : m_issues)
            if (issue.what.code == code) return issue.count;
        return 0;
    }
    static std::vector<std::string> names(const Table& table) {
        std::vector<std::string> all;
        for (std::size_t i = 0; i < table.columnCount(); ++i) all.push_back(table.info(i).name);
        return all;
    }
    static std::string kinds(const Table& table) {
        std::string all;
        for (std::size_t i = 0; i < table.columnCount(); ++i) all += (i ? " " : "") + std::string(columnKindName(table.info(i).kind));
        return all;
    }

    TemporaryFolder m_source, m_target;
    std::string m_importer;
    std::vector<Issue> m_issues;
    nlohmann::json m_detected;
    Error m_error;
};

}  // namespace lamina
