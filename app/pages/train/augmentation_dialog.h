// Choosing augmentations, beside what they make of the person's own rows.
#pragma once

#include <QDialog>
#include <QTimer>

#include <memory>
#include <vector>

#include "app/jobs/augmentation_jobs.h"
#include "app/workspace/workspace.h"

class QLabel;
class QListWidget;
class QListWidgetItem;
class QPushButton;

namespace lamina {

class PropertyPanel;
class VersionGrid;

/// What is chosen among, and whose rows are shown.
struct AugmentationChoice {
    std::vector<AugmentationStep> steps;  ///< chosen so far
    std::vector<AugmentationStep> usual;  ///< proposed for these data; may be empty
    AugmentedData kind = AugmentedData::Picture;
    std::string network, split;
};

class AugmentationDialog : public QDialog {
    Q_OBJECT
public:
    AugmentationDialog(Workspace& workspace, AugmentationChoice choice, QWidget* parent = nullptr);
    ~AugmentationDialog() override;

    /// What is ticked, in the order in which it is done.
    std::vector<AugmentationStep> steps() const;

signals:
    void taken(const std::vector<lamina::AugmentationStep>& steps);
    /// The grid shows what is ticked.
    void shown();

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Entry {
        AugmentationStep step;
        bool on = false;
    };
    QWidget* makeChoice();
    QWidget* makeGallery();
    void setSteps(const std::vector<AugmentationStep>& steps);
    void fillList();
    void tick(QListWidgetItem* item);
    void showSettings();
    void openSample();
    void lookSoon() { m_wait.start(); }
    void look();
    void take(const std::vector<AugmentedRow>& rows);
    void retranslate();

    Workspace& m_workspace;
    const AugmentationChoice m_choice;
    std::vector<Entry> m_entries;
    std::shared_ptr<const AugmentationSample> m_sample;
    AugmentationLook m_look;
    QTimer m_wait;
    int m_opening = 0, m_looking = 0;
    QLabel *m_text, *m_count;
    QListWidget* m_list;
    PropertyPanel* m_settings;
    VersionGrid* m_grid;
    QPushButton *m_usual, *m_none, *m_again, *m_others, *m_cancel, *m_take;
};

}  // namespace lamina
