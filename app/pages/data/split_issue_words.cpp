#include "app/pages/data/split_issue_words.h"

#include <QCoreApplication>
#include <QStringList>

#include "app/workspace/workspace.h"

namespace lamina {
namespace {

class SplitWords {
    Q_DECLARE_TR_FUNCTIONS(lamina::SplitWords)
};

constexpr qsizetype mostSentences = 3, mostClassesNamed = 5;

}  // namespace

QString splitIssueWords(const std::vector<Issue>& issues) {
    QStringList sentences, rare;
    for (const Issue& issue : issues) {
        const bool isClass = issue.what.code == "split.small_class" || issue.what.code == "split.rare_class";
        if (isClass)
            rare << SplitWords::tr("%1 (%2)").arg(QString::fromStdString(issue.what.argument("class")).left(30), QString::fromStdString(issue.what.argument("rows")));
        else if (sentences.size() < mostSentences) sentences << Workspace::words(issue);
    }
    const int more = static_cast<int>(rare.size() - mostClassesNamed);
    if (more > 0) rare = rare.mid(0, mostClassesNamed) << SplitWords::tr("%n more", nullptr, more);
    if (!rare.isEmpty())
        sentences << SplitWords::tr("Rare classes: %1. So few rows are not in every part, or say little there: merge them with others or bring more.")
                         .arg(rare.join(QStringLiteral(", ")));
    return sentences.join(u' ');
}

}  // namespace lamina
