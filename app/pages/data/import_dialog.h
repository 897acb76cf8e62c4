// The import dialog: how a file or folder would be read, to be looked at and changed before anything is imported.
#pragma once

#include <QDialog>

#include <memory>

#include "app/jobs/dataset_jobs.h"
#include "app/pages/data/import_look.h"
#include "app/workspace/workspace.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace lamina {

class DataTable;
class ElidedLabel;
class Notice;
class PropertyPanel;
class ThumbnailGallery;

/// Opens at once; looks at the source in the background, again whenever a setting changes. accept() gives request().
class ImportDialog : public QDialog {
    Q_OBJECT
public:
    /// `start`: source, and what is to be set at the beginning (an import that is tried again).
    ImportDialog(Workspace& workspace, const ImportRequest& start, QWidget* parent = nullptr);

    ImportRequest request() const;
    /// Has the last look ended?
    bool ready() const { return m_ready; }
    const ImportLook& look() const { return *m_look; }
    /// Ends a look that is still under way, too.
    void done(int result) override;

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeSettings();
    QWidget* makePreview();
    QLayout* makeTarget();
    QLayout* makeKind();
    void retranslate();
    void fillImporters();
    void lookAgain();
    void take(std::shared_ptr<const ImportLook> look);
    void showSettings();
    void showTargets();
    void showKind();
    void chooseKind();
    void change(const std::string& setting, nlohmann::json value);
    void showPictures();
    void showWords();
    void sayError();
    QString pictureWords() const;
    QString roomWords() const;

    Workspace& m_workspace;
    ImportRequest m_request;
    std::shared_ptr<const ImportLook> m_look;
    int m_looking = 0;  ///< task of the newest look
    bool m_ready = false, m_targetChosen = false;
    ElidedLabel* m_source;
    QLabel *m_nameLabel, *m_importerLabel, *m_targetLabel, *m_pictureWords, *m_issues, *m_room, *m_targetHelp, *m_kindLabel;
    QLineEdit* m_name;
    QComboBox *m_importer, *m_target, *m_kind;
    PropertyPanel* m_settings;
    Notice* m_notice;
    QWidget* m_filler;  ///< keeps the notice small where there is no table
    ThumbnailGallery* m_pictures;
    DataTable* m_table;
    QProgressBar* m_busy;
    QPushButton *m_cancel, *m_import;
};

}  // namespace lamina
