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
    ViewMessages,
    ViewInvites,
    ViewRoles,
    ViewFlex,
    ViewFlows,
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
    Mute,
    Refresh,
    // forms and prompts
    NextField,
    PrevField,
    Save,
    Leave,
    Revert,
    Accept,
    Dismiss,
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
