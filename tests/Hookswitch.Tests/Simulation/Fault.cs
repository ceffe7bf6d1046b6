namespace Hookswitch.Tests.Simulation;

/// <summary>What is broken on purpose, to see that it is noticed. The names stand in docs/testing.md.</summary>
internal enum Fault
{
    None,

    /// <summary>The store acknowledges what a crash undoes.</summary>
    AcknowledgesUnsynced,

    /// <summary>The store acknowledges an append that failed.</summary>
    HidesFailedAppends,

    /// <summary>After a start some bots are forgotten who were not told everything.</summary>
    ForgetsLagging,

    /// <summary>After a start some conversations are forgotten that wait for something.</summary>
    ForgetsDue,

    /// <summary>A cursor moves one further than was told.</summary>
    SkipsNotifications,

    /// <summary>A cursor falls back, though nothing crashed.</summary>
    RepeatsNotifications,

    /// <summary>A notification that was given up leaves no letter.</summary>
    LosesDeadLetters,

    /// <summary>A notification counts as delivered that never arrived.</summary>
    LosesNotifications,

    /// <summary>A notification has another id at each attempt.</summary>
    RenamesRetries,

    /// <summary>A notification goes to another application.</summary>
    MisdirectsNotifications,

    /// <summary>The reason of an ended call is none of the catalogue.</summary>
    InventsReasons,

    /// <summary>A call is shown as it was before it was hung up.</summary>
    ShowsStaleCalls,

    /// <summary>Bots are told before it is stored.</summary>
    TellsBeforeStoring,

    /// <summary>Two conversations live at the same coordinates.</summary>
    SharesThreads,

    /// <summary>A later notification overtakes one that is to be tried again.</summary>
    OvertakesRetries,
}
