// What an import had to remark, as the project keeps it.
#pragma once

#include <vector>

#include "core/project/dataset_record.h"

class QWidget;

namespace lamina {

std::vector<Issue> issuesOf(const DatasetRecord& record);
/// All of them in a box of their own.
void showImportRemarks(const DatasetRecord& record, QWidget* parent);

}  // namespace lamina
