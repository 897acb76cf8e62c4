// Asks how copies of pictures leave the project: what nobody is to recognise in them, with which labels, and where to.
#pragma once

#include <QDialog>

#include <string>
#include <vector>

#include "app/jobs/annotation_jobs.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace lamina {

/// What can be chosen for a dataset.
struct PicturesOffer {
    std::string dataset, name;  ///< id and name
    bool labelled = false;
    /// Classes that have labels, and how many.
    std::vector<std::pair<std::string, std::int64_t>> classes;
};

/// Deletes itself when it is closed.
class PicturesOutDialog : public QDialog {
    Q_OBJECT
public:
    PicturesOutDialog(PicturesOffer offer, const QString& folder, QWidget* parent = nullptr);

    AnnotationExportRequest request() const;

signals:
    void wanted(const lamina::AnnotationExportRequest& request);

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void fillClasses();
    void chooseFolder();
    void retranslate();

    PicturesOffer m_offer;
    QLabel *m_title, *m_about, *m_blurText, *m_blurNote, *m_labelsText, *m_folderText, *m_folderNote;
    QListWidget* m_classes;
    QComboBox* m_labels;
    QLineEdit* m_folder;
    QPushButton *m_choose, *m_write, *m_cancel;
};

}  // namespace lamina
