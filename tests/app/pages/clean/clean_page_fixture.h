// The Clean page beside its panel, in a project of its own.
#pragma once

#include <QBoxLayout>

#include "app/jobs/clean_jobs.h"
#include "app/jobs/split_jobs.h"
#include "app/pages/clean/clean_page.h"
#include "app/pages/clean/step_list.h"
#include "tests/app/pages/page_fixture.h"
#include "widgets/properties/property_field.h"
#include "widgets/properties/property_panel.h"
#include "widgets/tables/data_table.h"

namespace lamina {

class CleanPageTest : public PageTest {
protected:
    void SetUp() override {
        PageTest::SetUp();
        frame.resize(1270, 690);
        auto* row = new QHBoxLayout(&frame);
        row->addWidget(page, 1);
        side = page->sidePanel();
        side->setFixedWidth(270);
        row->addWidget(side);
        frame.show();
    }
    bool settled() {
        return wait([this] { return page->settled(); });
    }

    /// 200 rows: size (every tenth missing), city with blanks around it in every fourth row, code (the same everywhere), kind.
    Path csv() {
        const Path path = folder.path() / "things.csv";
        std::ofstream file(path);
        file << "size;city;code;kind\n";
        for (int row = 0; row < 200; ++row) {
            if (row % 10 != 0) file << row * 37 % 101 + 0.5;
            file << ';' << (row % 4 == 0 ? "\" Rome \"" : row % 2 ? "Oslo" : "Rome") << ";x;" << (row % 3 ? "a" : "b") << '\n';
        }
        return path;
    }

    bool import(const Path& source) {
        ImportRequest request;
        request.source = source;
        auto imported = importDataset(*workspace.shared(), request);
        if (!imported) return false;
        (void)splitDataset(*workspace.shared(), imported->dataset, SplitSettings{});
        workspace.noteEdit();
        return wait([this] { return page->state() != nullptr; }) && settled();
    }

    DataTable& table() { return *page->findChild<DataTable*>("clean_table"); }
    StepList& steps() { return *page->findChild<StepList*>("step_list"); }
    StepListModel& model() { return *static_cast<StepListModel*>(steps().model()); }
    PropertyField* field(const char* id) { return side->findChild<PropertyPanel*>("propertyPanel")->field(id); }

    void add(const char* type, const std::vector<std::string>& columns, const nlohmann::json& settings = nlohmann::json::object()) {
        auto step = makeStep({type}, columns, settings);
        ASSERT_TRUE(step) << type;
        page->addStep(*step, false);
        ASSERT_TRUE(settled());
    }
    std::int64_t missingIn(const char* column) {
        const Table& shown = page->state()->after.table;
        return shown.info(*shown.find(column)).missing;
    }

    void shot(const QString& name) { PageTest::shot(frame, name); }

    QWidget frame;
    CleanPage* page = new CleanPage(workspace);
    QWidget* side = nullptr;
};

}  // namespace lamina
