using System.Runtime.CompilerServices;
using FlightRecorder.Tests.Core.BlackBox;
using FlightRecorder.Tests.Core.Journal;
using FlightRecorder.Tests.Core.Stores;

namespace FlightRecorder.Tests.Core.Engine;

public sealed class ErrorKindsTests
{
    [Test]
    public void Of_a_storm_the_first_ten_a_second_and_one_in_a_hundred_are_kept()
    {
        var kinds = new ErrorKinds(new ManualTime());
        ErrorVerdict[] verdicts = [.. Enumerable.Range(0, 1010).Select(_ => kinds.Judge(new ErrorKind(typeof(IOException), "Stock.Take")))];

        Assert.Multiple(() =>
        {
            Assert.That(verdicts[0], Is.EqualTo(new ErrorVerdict(true, true, 0)));
            Assert.That(verdicts.Take(10).All(verdict => verdict.IsKept), Is.True);
            Assert.That(verdicts.Skip(10).Count(verdict => verdict.IsKept), Is.EqualTo(10));
            Assert.That(verdicts[109], Is.EqualTo(new ErrorVerdict(true, false, 99)));
        });
    }

    [Test]
    public void Each_kind_has_its_own_first_and_each_second_its_own_ten()
    {
        var time = new ManualTime();
        var kinds = new ErrorKinds(time);
        for (int i = 0; i < 50; i++)
        {
            kinds.Judge(new ErrorKind(typeof(IOException), "Stock.Take"));
        }

        Assert.That(kinds.Judge(new ErrorKind(typeof(IOException), "Stock.Put")).IsFirst, Is.True);
        Assert.That(kinds.Judge(new ErrorKind(typeof(FormatException), "Stock.Take")).IsFirst, Is.True);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(kinds.Judge(new ErrorKind(typeof(IOException), "Stock.Take")), Is.EqualTo(new ErrorVerdict(true, false, 40)));
    }

    [Test]
    public void Kinds_beyond_the_table_share_one_until_others_have_gone_quiet()
    {
        var time = new ManualTime();
        var kinds = new ErrorKinds(time);
        for (int i = 0; i < ErrorKinds.MaxKinds; i++)
        {
            kinds.Judge(new ErrorKind(null, "endpoint " + i));
        }

        int kept = Enumerable.Range(0, 1000).Count(i => kinds.Judge(new ErrorKind(null, "further " + i)).IsKept);
        Assert.That(kept, Is.LessThan(50));
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.That(Enumerable.Range(0, 1000).Count(i => kinds.Judge(new ErrorKind(null, "later " + i)).IsKept), Is.EqualTo(1000));
    }

    [Test]
    public async Task The_kind_is_the_type_and_the_topmost_method_of_the_app()
    {
        await using RingRig rig = await RingRig.StartAsync();
        ErrorKind first = KindOf(rig, Thrown(TakeStock));
        Assert.Multiple(() =>
        {
            Assert.That(first.Exception, Is.EqualTo(typeof(ArgumentOutOfRangeException)));
            Assert.That(first.Place, Does.EndWith(nameof(TakeStock)), "not the framework's method that threw");
            Assert.That(KindOf(rig, Thrown(TakeStock)), Is.EqualTo(first));
            Assert.That(KindOf(rig, Thrown(PutStock)), Is.Not.EqualTo(first));
        });
    }

    [Test]
    public async Task A_storm_is_thinned_where_a_rule_asks_for_errors_and_the_rest_is_counted()
    {
        await using RingRig rig = await RingRig.StartAsync(configure: o => o.BlackBox.RingBytes = 0, time: new ManualTime());
        for (int i = 0; i < 210; i++)
        {
            rig.Pass(error: new InvalidOperationException("no stock"));
        }

        rig.Pass(error: new TimeoutException("another"));
        IReadOnlyList<Recording> stored = await rig.StoredAsync();
        Assert.Multiple(() =>
        {
            Assert.That(stored, Has.Count.EqualTo(13));
            Assert.That(stored[^1].Errors[0].Type, Is.EqualTo("System.TimeoutException"), "the first of its kind");
            Assert.That(stored[10].Gaps.Single().Why, Does.StartWith("99 that failed alike"));
            Assert.That(rig.Counters.NotKeptFor(NotKeptReason.ErrorStorm), Is.EqualTo(198));
        });
        rig.AssertBalanced();
    }

    [Test]
    public async Task A_rule_that_keeps_everything_keeps_a_storm()
    {
        await using RingRig rig = await RingRig.StartAsync();
        for (int i = 0; i < 100; i++)
        {
            ActiveRecording recording = rig.Begin();
            recording.Handle.Append(new InvalidOperationException("no stock"), handled: false);
            rig.Recorder.End(recording, rule: null);
        }

        Assert.That(await rig.StoredAsync(), Has.Count.EqualTo(100));
    }

    [Test]
    public async Task The_first_of_a_kind_finds_room_in_a_queue_that_is_full()
    {
        var store = new FakeStore();
        store.Stall();
        await using RingRig rig = await RingRig.StartAsync(store, o => o.Queue.MaxBytes = 1024 * 1024);
        while (rig.Counters.Dropped(DropReason.QueueFull) == 0)
        {
            rig.Recorder.End(rig.Begin(), rule: null);
        }

        long dropped = rig.Counters.AllDropped;
        ActiveRecording first = rig.Begin();
        first.Handle.Append(new InvalidOperationException("no stock"), handled: false);
        rig.Recorder.End(first, rule: null);
        Assert.That(rig.Counters.AllDropped, Is.EqualTo(dropped));

        ActiveRecording second = rig.Begin();
        second.Handle.Append(new InvalidOperationException("no stock"), handled: false);
        rig.Recorder.End(second, rule: null);
        Assert.That(rig.Counters.AllDropped, Is.EqualTo(dropped + 1));
        store.Resume();
    }

    private static ErrorKind KindOf(RingRig rig, Exception error)
    {
        ActiveRecording recording = rig.Begin();
        recording.Handle.Append(error, handled: false);
        recording.Close();
        return ErrorKind.Of(recording);
    }

    private static Exception Thrown(Action act)
    {
        try
        {
            act();
        }
        catch (Exception error)
        {
            return error;
        }

        throw new InvalidOperationException("nothing was thrown");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void TakeStock() => ArgumentOutOfRangeException.ThrowIfNegative(-1);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void PutStock() => ArgumentOutOfRangeException.ThrowIfNegative(-1);
}
