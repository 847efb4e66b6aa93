//! What a person can wish for. Keys, footer, help and README all speak of these; none of them carries data.

/// A wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    // moving
    Down,
    Up,
    Top,
    Bottom,
    HalfDown,
    HalfUp,
    PageDown,
    PageUp,
    // places
    Open,
    Back,
    Peel,
    ViewChannels,
    ViewUsers,
    ViewMembers,
    NextPane,
    PrevPane,
    Inspect,
    // lists and trees
    Filter,
    Search,
    SearchNext,
    SearchPrev,
    Unfold,
    Fold,
    Toggle,
    FoldAll,
    UnfoldAll,
    FoldToDepth,
    NextSibling,
    PrevSibling,
    // data
    Edit,
    New,
    Mute,
    Migrate,
    Delete,
    Refresh,
    // forms and prompts
    NextField,
    PrevField,
    Save,
    SwitchWebhooks,
    Leave,
    Revert,
    Accept,
    Dismiss,
    // the command line and questions
    Command,
    Complete,
    RunCommand,
    Confirm,
    NameMessagingService,
    // first run
    Practise,
    ShowVariables,
    // the console
    AbsoluteTimes,
    Messages,
    Help,
    Quit,
    QuitAnyway,
    Cancel,
    Redraw,
    Suspend,
}
