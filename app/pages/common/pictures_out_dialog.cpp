#include "app/pages/common/pictures_out_dialog.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QEvent>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>

#include <algorithm>

#include "app/workspace/language.h"
#include "widgets/common/icon.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr int mostClassRows = 6, outDialogWidth = 540;

QLabel* wrappedText(const char* name, const char* role) {
    auto* label = new QLabel;
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty(role, true);
    return label;
}

}  // namespace

PicturesOutDialog::PicturesOutDialog(PicturesOffer offer, const QString& folder, QWidget* parent)
    : QDialog(parent),
      m_offer(std::move(offer)),
      m_title(wrappedText("pictures_out_title", ThemeRole::heading)),
      m_about(wrappedText("pictures_out_about", ThemeRole::muted)),
      m_blurText(new QLabel),
      m_blurNote(wrappedText("pictures_out_blur_note", ThemeRole::muted)),
      m_labelsText(new QLabel),
      m_folderText(new QLabel),
      m_folderNote(wrappedText("pictures_out_folder_note", ThemeRole::muted)),
      m_classes(new QListWidget),
      m_labels(new QComboBox),
      m_folder(new QLineEdit(folder)),
      m_choose(new QPushButton),
      m_write(new QPushButton),
      m_cancel(new QPushButton) {
    setObjectName("pictures_out_dialog");
    setAttribute(Qt::WA_DeleteOnClose);
    build();
    connect(m_choose, &QPushButton::clicked, this, &PicturesOutDialog::chooseFolder);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_folder, &QLineEdit::textChanged, this, [this](const QString& text) { m_write->setEnabled(!text.trimmed().isEmpty()); });
    connect(m_write, &QPushButton::clicked, this, [this] {
        emit wanted(request());
        accept();
    });
    m_write->setEnabled(!folder.trimmed().isEmpty());
    fillClasses();
    retranslate();
    setMinimumWidth(outDialogWidth);
}

void PicturesOutDialog::build() {
    m_classes->setObjectName("pictures_out_classes");
    m_classes->setVisible(!m_offer.classes.empty());
    m_labels->setObjectName("pictures_out_labels");
    m_folder->setObjectName("pictures_out_folder");
    m_choose->setObjectName("pictures_out_choose");
    m_choose->setIcon(themeIcon("open"));
    m_write->setObjectName("pictures_out_write");
    m_write->setProperty(ThemeRole::primary, true);
    m_write->setDefault(true);
    m_cancel->setObjectName("pictures_out_cancel");
    m_blurText->setBuddy(m_classes);
    m_labelsText->setBuddy(m_labels);
    m_folderText->setBuddy(m_folder);
    auto* place = new QHBoxLayout;
    place->setSpacing(8);
    place->addWidget(m_folder, 1);
    place->addWidget(m_choose);
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->addRow(m_labelsText, m_labels);
    form->addRow(m_folderText, place);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_write);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    for (QWidget* part : std::initializer_list<QWidget*>{m_title, m_about, m_blurText, m_classes, m_blurNote}) layout->addWidget(part);
    layout->addLayout(form);
    layout->addWidget(m_folderNote);
    layout->addStretch(1);
    layout->addLayout(buttons);
}

void PicturesOutDialog::fillClasses() {
    for (const auto& [name, count] : m_offer.classes) {
        auto* item = new QListWidgetItem(m_classes);
        item->setData(Qt::UserRole, QString::fromStdString(name));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(Qt::Unchecked);
    }
    const int rows = std::clamp(m_classes->count(), 2, mostClassRows);
    m_classes->setFixedHeight(rows * (fontMetrics().height() + 6) + 2 * m_classes->frameWidth());
}

AnnotationExportRequest PicturesOutDialog::request() const {
    AnnotationExportRequest request;
    request.dataset = m_offer.dataset;
    request.format = m_labels->currentData().toString().toStdString();
    request.folder = Path(m_folder->text().trimmed().toStdString());
    request.pictures = true;
    for (int row = 0; row < m_classes->count(); ++row)
        if (m_classes->item(row)->checkState() == Qt::Checked) request.blur.push_back(m_classes->item(row)->data(Qt::UserRole).toString().toStdString());
    return request;
}

void PicturesOutDialog::chooseFolder() {
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Choose a folder for the copies"), m_folder->text());
    if (!folder.isEmpty()) m_folder->setText(folder);
}

void PicturesOutDialog::changeEvent(QEvent* event) {
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void PicturesOutDialog::retranslate() {
    setWindowTitle(tr("Anonymised pictures"));
    m_title->setText(tr("Anonymised copies of %1").arg(QString::fromStdString(m_offer.name)));
    m_about->setText(tr("The copies tell nothing but the picture: the notes of the camera (place, time, owner) are taken out. The data here stays as it is."));
    m_blurText->setText(tr("Make &unrecognisable"));
    m_classes->setAccessibleName(tr("Classes that are made unrecognisable"));
    for (int row = 0; row < m_classes->count(); ++row) {
        const auto& [name, count] = m_offer.classes[static_cast<std::size_t>(row)];
        m_classes->item(row)->setText(tr("%1 (%2)", "class, number of labels").arg(QString::fromStdString(name), QLocale().toString(static_cast<qlonglong>(count))));
    }
    m_blurNote->setText(m_offer.classes.empty() ? tr("For faces or number plates: first draw boxes around them on the page Label. Then their class can be chosen here.")
                                                : tr("Where these are drawn, only a few coarse blocks are left of the picture. Pictures without any label go out whole."));
    m_labelsText->setText(tr("&Labels"));
    m_labels->setAccessibleName(tr("The format in which labels go along"));
    const QVariant chosen = m_labels->currentData();
    m_labels->clear();
    m_labels->addItem(tr("none, the pictures alone"), QLatin1String(picturesAlone));
    for (const AnnotationFormatType* type : annotationFormatCatalogue())
        if (m_offer.labelled)
            m_labels->addItem(messageText("annotation." + type->id + ".title", QString::fromStdString(type->title)), QString::fromStdString(type->id));
    m_labels->setCurrentIndex(std::max(0, m_labels->findData(chosen)));
    m_labels->setEnabled(m_offer.labelled);
    m_folderText->setText(tr("&Folder"));
    m_folder->setAccessibleName(tr("Folder for the copies"));
    m_folderNote->setText(tr("Files of the same names in this folder are replaced."));
    m_choose->setText(tr("C&hoose …"));
    m_choose->setAccessibleName(tr("Choose a folder for the copies"));
    m_write->setText(tr("&Write the copies"));
    m_cancel->setText(tr("&Cancel"));
}

}  // namespace lamina
