#include "app/pages/clean/state_outlets.h"

#include <QCheckBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QLocale>
#include <QMessageBox>

#include <algorithm>

#include "app/jobs/derived_dataset.h"
#include "app/jobs/recipe_keys.h"
#include "app/jobs/table_export.h"
#include "app/settings/settings.h"
#include "core/base/files.h"

namespace lamina {
namespace {

constexpr const char* folderKey = "clean/folder";
constexpr const char* recipeEnding = ".recipe.json";
constexpr std::uint64_t largestRecipe = 64u << 20;

QString lastFolder() { return settings::value(QLatin1String(folderKey), QDir::homePath()).toString(); }

void rememberFolder(const QString& file) { settings::setValue(QLatin1String(folderKey), QFileInfo(file).absolutePath()); }

Path pathOf(const QString& file) { return Path(file.toStdString()); }

struct TableForm {
    const char *filter, *ending, *format;
    bool forExcel;
};
const TableForm tableForms[] = {{QT_TRANSLATE_NOOP("lamina::StateOutlets", "CSV, for other programs (*.csv)"), ".csv", "csv", false},
                                {QT_TRANSLATE_NOOP("lamina::StateOutlets", "CSV, to be opened in Excel (*.csv)"), ".csv", "csv", true},
                                {QT_TRANSLATE_NOOP("lamina::StateOutlets", "Excel workbook (*.xlsx)"), ".xlsx", "xlsx", false},
                                {QT_TRANSLATE_NOOP("lamina::StateOutlets", "JSON Lines (*.jsonl)"), ".jsonl", "jsonl", false},
                                {QT_TRANSLATE_NOOP("lamina::StateOutlets", "NumPy arrays (*.npz)"), ".npz", "npz", false}};

QString withoutSlashes(const std::string& name) { return QString::fromStdString(name).replace(u'/', u'_'); }

}  // namespace

StateOutlets::StateOutlets(Workspace& workspace, Notice& notice, QWidget* page)
    : QObject(page), m_workspace(workspace), m_notice(notice), m_page(page) {}

void StateOutlets::saveRecipe(const Recipe& recipe, const OpenedRecipe& opened) {
    if (hasKeys(recipe)) askAboutKeys(recipe, opened);
    else askForRecipeFile(recipe, opened, false);
}

void StateOutlets::askAboutKeys(const Recipe& recipe, const OpenedRecipe& opened) {
    auto* box = new QMessageBox(QMessageBox::Warning, tr("Save the recipe"),
                                tr("Steps of this recipe hide values with a secret key. The file is written without the keys: whoever applies it types them in again."),
                                QMessageBox::Save | QMessageBox::Cancel, m_page);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName("recipe_keys_question");
    box->setInformativeText(tr("Whoever has a key can find out whose values the codes stand for."));
    auto* keysToo = new QCheckBox(tr("Write the &keys into the file, too"));
    keysToo->setObjectName("recipe_keys_too");
    box->setCheckBox(keysToo);
    connect(box, &QMessageBox::accepted, this, [this, recipe, opened, keysToo] { askForRecipeFile(recipe, opened, keysToo->isChecked()); });
    box->open();
}

void StateOutlets::askForRecipeFile(const Recipe& recipe, const OpenedRecipe& opened, bool keysToo) {
    auto* dialog = new QFileDialog(m_page, tr("Save the recipe"), lastFolder(), tr("Recipes (*%1)").arg(QLatin1String(recipeEnding)));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName("save_recipe_dialog");
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(withoutSlashes(opened.dataset.name) + QLatin1String(recipeEnding));
    connect(dialog, &QFileDialog::fileSelected, this, [this, recipe, keysToo](const QString& file) { writeRecipeFile(recipe, file, keysToo); });
    dialog->open();
}

void StateOutlets::writeRecipeFile(const Recipe& recipe, const QString& chosen, bool keysToo) {
    const QString file = chosen.endsWith(QLatin1String(".json")) ? chosen : chosen + QLatin1String(recipeEnding);
    rememberFolder(file);
    m_workspace.tasks().quietly(
        this,
        [project = m_workspace.shared(), recipe, file, keysToo](TaskContext&) -> Result<void> {
            const Recipe written = keysToo ? withKeys(*project, recipe) : withoutKeys(recipe);
            return writeFileAtomically(pathOf(file), toJson(written).dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
        },
        [this, file](const Result<void>& written) {
            if (written) m_notice.say(Notice::Tone::Good, tr("The recipe was saved as %1.").arg(QFileInfo(file).fileName()));
            else m_notice.say(Notice::Tone::Bad, Workspace::words(written.error()));
        });
}

void StateOutlets::openRecipe(std::function<void(const Recipe&, const std::string&)> take) {
    auto* dialog = new QFileDialog(m_page, tr("Take the steps of a recipe"), lastFolder(), tr("Recipes (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName("open_recipe_dialog");
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this, take = std::move(take)](const QString& file) { readRecipeFile(file, take); });
    dialog->open();
}

void StateOutlets::readRecipeFile(const QString& file, std::function<void(const Recipe&, const std::string&)> take) {
    rememberFolder(file);
    m_workspace.tasks().quietly(
        this,
        [file](TaskContext&) -> Result<Recipe> {
            LAMINA_TRY(const auto bytes, readFile(pathOf(file), largestRecipe));
            const auto* text = reinterpret_cast<const char*>(bytes.data());
            return recipeFromJson(nlohmann::json::parse(text, text + bytes.size(), nullptr, false));
        },
        [this, file, take = std::move(take)](const Result<Recipe>& recipe) {
            if (recipe) take(*recipe, QFileInfo(file).fileName().toStdString());
            else m_notice.say(Notice::Tone::Bad, Workspace::words(recipe.error().with("file", file.toStdString())));
        });
}

void StateOutlets::makeDataset(const OpenedRecipe& opened, std::size_t steps) {
    auto* dialog = new QInputDialog(m_page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName("make_dataset_dialog");
    dialog->setWindowTitle(tr("Make a dataset of this state"));
    dialog->setLabelText(tr("Name of the new dataset:"));
    dialog->setTextValue(tr("%1, cleaned").arg(QString::fromStdString(opened.dataset.name)));
    connect(dialog, &QInputDialog::textValueSelected, this,
            [this, opened, steps](const QString& name) { startDataset(opened, steps, name.trimmed()); });
    dialog->open();
}

void StateOutlets::startDataset(const OpenedRecipe& opened, std::size_t steps, const QString& name) {
    m_workspace.tasks().start(
        tr("Make %1").arg(name), this,
        [project = m_workspace.shared(), record = opened.dataset, steps, name](TaskContext& context) {
            return makeDatasetOfState(*project, record, {name.toStdString(), steps, context.cancel, context.progress});
        },
        [this](const Result<ImportOutcome>& outcome) {
            if (!outcome) return;  // the task says why
            m_workspace.noteEdit();
            m_notice.say(Notice::Tone::Good,
                         tr("%1 is there, with %2 rows.")
                             .arg(QString::fromStdString(outcome->dataset.name), QLocale().toString(static_cast<qlonglong>(outcome->dataset.rows))),
                         tr("Look at it"), [this, id = outcome->dataset.id] {
                             m_notice.hide();
                             m_workspace.setDataset(id);
                             m_workspace.show("data");
                         });
        });
}

void StateOutlets::exportState(const OpenedRecipe& opened, const CleanTable& state) {
    QStringList filters;
    for (const TableForm& form : tableForms) filters << tr(form.filter);
    auto* dialog = new QFileDialog(m_page, tr("Export this table"), lastFolder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName("export_table_dialog");
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters(filters);
    dialog->selectFile(withoutSlashes(opened.dataset.name) + QStringLiteral(".csv"));
    // Another form is another ending, so that the file becomes what was chosen.
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, filters](const QString& filter) {
        const QFileInfo chosen(dialog->selectedFiles().value(0));
        dialog->selectFile(chosen.completeBaseName() + QLatin1String(tableForms[std::max<qsizetype>(0, filters.indexOf(filter))].ending));
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this, dialog, filters, state](const QString& file) {
        const TableForm& form = tableForms[std::max<qsizetype>(0, filters.indexOf(dialog->selectedNameFilter()))];
        const QString name = QFileInfo(file).suffix().isEmpty() ? file + QLatin1String(form.ending) : file;
        writeTable(state, name, name.endsWith(QLatin1String(form.ending), Qt::CaseInsensitive) ? form.format : "", form.forExcel);
    });
    dialog->open();
}

void StateOutlets::writeTable(const CleanTable& state, const QString& file, const std::string& format, bool forExcel) {
    rememberFolder(file);
    m_workspace.tasks().start(
        tr("Export %1").arg(QFileInfo(file).fileName()), this,
        [state, file, format, forExcel](TaskContext& context) {
            TableExport request;
            request.file = pathOf(file);
            request.format = format;
            request.replace = true;  // the dialog has asked
            request.byteOrderMark = forExcel;
            request.cancel = context.cancel;
            request.progress = context.progress;
            return exportTable(state, request);
        },
        [this, file](const Result<TableExportOutcome>& outcome) {
            if (!outcome) return;
            QString text =
                tr("%1 rows were written to %2.").arg(QLocale().toString(static_cast<qlonglong>(outcome->rows)), QFileInfo(file).fileName());
            for (const Issue& issue : outcome->issues) text += u' ' + Workspace::words(issue);
            m_notice.say(outcome->issues.empty() ? Notice::Tone::Good : Notice::Tone::Warning, text);
        });
}

}  // namespace lamina
