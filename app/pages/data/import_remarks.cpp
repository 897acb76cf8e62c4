#include "app/pages/data/import_remarks.h"

#include <QCoreApplication>
#include <QMessageBox>

#include "app/workspace/workspace.h"

namespace lamina {
namespace {

constexpr qsizetype mostLetters = 4000;

}  // namespace

std::vector<Issue> issuesOf(const DatasetRecord& record) {
    std::vector<Issue> issues;
    for (const auto& entry : record.issues) {
        if (!entry.is_object() || !entry.contains("code")) continue;
        Issue issue;
        issue.severity = static_cast<Severity>(entry.value("severity", 1));
        issue.what.code = entry.value("code", std::string());
        if (entry.contains("arguments")) issue.what.arguments = entry["arguments"].get<std::vector<std::pair<std::string, std::string>>>();
        issue.count = entry.value("count", std::int64_t{1});
        issues.push_back(std::move(issue));
    }
    return issues;
}

void showImportRemarks(const DatasetRecord& record, QWidget* parent) {
    QStringList words;
    for (const Issue& issue : issuesOf(record)) words << QStringLiteral("• ") + Workspace::words(issue);
    const QString title = QCoreApplication::translate("lamina::ImportRemarks", "Remarks of the import");
    const QString text = QCoreApplication::translate("lamina::ImportRemarks", "What the import of %1 had to remark:");
    auto* box = new QMessageBox(QMessageBox::Information, title, text.arg(QString::fromStdString(record.name)), QMessageBox::Close, parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName("remarks");
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(words.join('\n').left(mostLetters));
    box->open();
}

}  // namespace lamina
