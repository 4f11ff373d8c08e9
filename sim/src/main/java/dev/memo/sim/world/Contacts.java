package dev.memo.sim.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jbox2d.collision.shapes.CircleShape;
import org.jbox2d.collision.shapes.MassData;
import org.jbox2d.collision.shapes.PolygonShape;
import org.jbox2d.collision.shapes.Shape;
import org.jbox2d.common.Transform;
import org.jbox2d.common.Vec2;
import org.jbox2d.dynamics.Body;
import org.jbox2d.dynamics.BodyDef;
import org.jbox2d.dynamics.BodyType;
import org.jbox2d.dynamics.Fixture;
import org.jbox2d.dynamics.FixtureDef;
import org.jbox2d.dynamics.TimeStep;
import org.jbox2d.dynamics.World;
import org.jbox2d.dynamics.contacts.Contact;
import org.jbox2d.dynamics.contacts.ContactSolver;
import org.jbox2d.dynamics.contacts.ContactSolver.ContactSolverDef;
import org.jbox2d.dynamics.contacts.PolygonAndCircleContact;
import org.jbox2d.dynamics.contacts.PolygonContact;
import org.jbox2d.dynamics.contacts.Position;
import org.jbox2d.dynamics.contacts.Velocity;
import org.jbox2d.pooling.IWorldPool;

/**
 * What touching bodies do to each other's velocities, by JBox2D. One for each thread: it keeps no
 * state from one call to the next.
 *
 * <p>Of the engine, its collision functions and its contact solver are called, on bodies made once:
 * in a substep in which bodies touch, those get their poses and the velocities of free motion, the
 * solver runs, and the change of velocity is added to the model's. Poses stay the model's, so there
 * is no position correction. The contacts are put in the order in which the engine's own step would
 * solve them, and their impulses start from zero, so the changes are those of that step, bit for
 * bit.
 *
 * <p>Lengths are ten times ours inside, since the engine's threshold for restitution (1 m/s) is
 * made for larger things. It looks headings up in a table of 1.1e-4 rad.
 */
final class Contacts {
    /** Engine lengths per metre. */
    static final double SCALE = 10;

    /** Fitted to MuJoCo's rams, for all bodies alike. */
    static final float RESTITUTION = 0.54f;

    static final float FRICTION = 0.16f;

    static final int VELOCITY_ITERATIONS = 8;

    /** A polygon's skin in engine lengths, small enough to be neglected; the stock one is 1 mm. */
    static final float SKIN = 1e-4f;

    /** Bodies this near may touch in the engine: two skins, and 1e-4 m for its float32, m. */
    private static final double MARGIN = 2 * SKIN / SCALE + 1e-4;

    /** The robot's number among the bodies; vase i is body 1 + i. */
    private static final int ROBOT = 0;

    // Numbers of the shapes, in the order in which they are created.
    private static final int SPHERE = 0;
    private static final int BOX = 1;
    private static final int FIRST_VASE_SHAPE = 2;

    private static final double FULL_TURN = 2 * Math.PI;

    private final double margin;
    private final Body[] bodies;
    private final Position[] positions;
    private final Velocity[] velocities;
    private final boolean[] isPosed;
    private final boolean[] isTouchedByRobot;
    private double robotSin;
    private double robotCos;

    // One contact of the sphere and one of the box with each vase, and as many among vases as were
    // ever needed at once.
    private final Contact[] sphereContacts;
    private final Contact[] boxContacts;
    private final List<PolygonContact> vaseContacts = new ArrayList<>();
    private int vaseContactCount;
    private final IWorldPool pool;

    // Vases that move, or touch the robot or another such vase.
    private final int[] active;
    private final boolean[] isActive;
    private final boolean[] isSearched;
    private int activeCount;

    private final ContactOrder touching;
    private final ContactSolver solver = new ContactSolver();
    private final ContactSolverDef solverDef = new ContactSolverDef();

    /** Contacts among one robot and so many vases. */
    Contacts(int maxVases) {
        this(maxVases, MARGIN);
    }

    /** Looks for contacts of bodies within a margin of another, m. A wider one changes no bit. */
    Contacts(int maxVases, double margin) {
        this.margin = margin;
        bodies = bodies(maxVases);
        positions = new Position[bodies.length];
        velocities = new Velocity[bodies.length];
        Arrays.setAll(positions, i -> new Position());
        Arrays.setAll(velocities, i -> new Velocity());
        isPosed = new boolean[bodies.length];
        isTouchedByRobot = new boolean[maxVases];
        pool = bodies[ROBOT].getWorld().getPool();
        sphereContacts = new Contact[maxVases];
        boxContacts = new Contact[maxVases];
        Fixture box = bodies[ROBOT].getFixtureList();
        Fixture sphere = box.getNext();
        for (int i = 0; i < maxVases; i++) {
            PolygonAndCircleContact sphereContact = new PolygonAndCircleContact(pool);
            sphereContact.init(vaseBox(i), sphere);
            sphereContacts[i] = sphereContact;
            PolygonContact boxContact = new PolygonContact(pool);
            boxContact.init(box, vaseBox(i));
            boxContacts[i] = boxContact;
        }
        active = new int[maxVases];
        isActive = new boolean[maxVases];
        isSearched = new boolean[maxVases];
        int pairs = 2 * maxVases + maxVases * (maxVases - 1) / 2;
        touching = new ContactOrder(bodies.length, FIRST_VASE_SHAPE + maxVases, pairs);
        solverDef.step = new TimeStep();
        solverDef.positions = positions;
        solverDef.velocities = velocities;
    }

    /** The robot, with its sphere and then its box, and the vases. */
    private static Body[] bodies(int maxVases) {
        World world = new World(new Vec2());
        MassData mass = new MassData();
        mass.mass = (float) PointRobot.MASS;
        mass.center.set((float) (SCALE * PointRobot.COM_AHEAD), 0);
        // The engine takes the inertia about the body's origin.
        mass.I = (float) (SCALE * SCALE * PointRobot.INERTIA);
        CircleShape sphere = new CircleShape();
        sphere.setRadius((float) (SCALE * PointRobot.RADIUS));
        Shape box = box(PointRobot.BOX_HALF_SIDE, PointRobot.BOX_AHEAD);
        Body[] bodies = new Body[1 + maxVases];
        bodies[ROBOT] = body(world, mass, sphere, box);
        mass.mass = (float) Vase.MASS;
        mass.center.setZero();
        mass.I = (float) (SCALE * SCALE * Vase.INERTIA);
        for (int i = 1; i < bodies.length; i++) {
            bodies[i] = body(world, mass, box(Vase.HALF_SIDE, 0));
            bodies[i].m_islandIndex = i;
        }
        return bodies;
    }

    private static Shape box(double halfSide, double ahead) {
        PolygonShape box = new PolygonShape();
        float half = (float) (SCALE * halfSide);
        box.setAsBox(half, half, new Vec2((float) (SCALE * ahead), 0), 0);
        box.setRadius(SKIN);
        return box;
    }

    private static Body body(World world, MassData mass, Shape... shapes) {
        BodyDef bodyDef = new BodyDef();
        bodyDef.type = BodyType.DYNAMIC;
        Body body = world.createBody(bodyDef);
        for (Shape shape : shapes) {
            FixtureDef def = new FixtureDef();
            def.shape = shape;
            def.restitution = RESTITUTION;
            def.friction = FRICTION;
            body.createFixture(def);
        }
        body.setMassData(mass);
        return body;
    }

    /**
     * Adds what contacts do in one substep.
     *
     * @param candidates the vases to look at
     * @param state poses not modified; velocities of the robot and of vases, and the vases' touch
     *     and kick, modified
     * @return whether a body that moves, or the robot, touches another
     */
    boolean apply(State state, Candidates candidates) {
        for (int k = 0; k < candidates.count; k++) {
            state.vaseKick[candidates.vases[k]] = 0;
        }
        if (nothingMeets(state, candidates)) {
            return false;
        }
        findTouching(state, candidates);
        if (touching.count() == 0) {
            return false;
        }
        load(state, candidates);
        solve();
        addChanges(state, candidates);
        return true;
    }

    /** Whether all vases are at rest and away from the robot: most substeps, so it comes first. */
    private boolean nothingMeets(State state, Candidates candidates) {
        for (int k = 0; k < candidates.count; k++) {
            int i = candidates.vases[k];
            if (!Vase.isStill(state, i) || Proximity.circlesMeet(state, i, margin)) {
                return false;
            }
        }
        return true;
    }

    /** Finds the contacts that could change anything: all but those among vases at rest. */
    private void findTouching(State state, Candidates candidates) {
        touching.clear();
        vaseContactCount = 0;
        activeCount = 0;
        isPosed[ROBOT] = false;
        for (int k = 0; k < candidates.count; k++) {
            int i = candidates.vases[k];
            isPosed[1 + i] = false;
            isSearched[i] = false;
            isActive[i] = false;
        }
        for (int k = 0; k < candidates.count; k++) {
            int i = candidates.vases[k];
            isTouchedByRobot[i] = Proximity.circlesMeet(state, i, margin) && touchesRobot(state, i);
            if (isTouchedByRobot[i] || !Vase.isStill(state, i)) {
                activate(i);
            }
        }
        for (int n = 0; n < activeCount; n++) {
            int i = active[n];
            isSearched[i] = true;
            for (int k = 0; k < candidates.count; k++) {
                int j = candidates.vases[k];
                if (!isSearched[j]
                        && Proximity.vaseCirclesMeet(state, i, j, margin)
                        && touchEachOther(state, Math.min(i, j), Math.max(i, j))) {
                    activate(j);
                }
            }
        }
    }

    private Fixture vaseBox(int i) {
        return bodies[1 + i].getFixtureList();
    }

    private void activate(int i) {
        if (!isActive[i]) {
            isActive[i] = true;
            active[activeCount++] = i;
        }
    }

    private boolean touchesRobot(State state, int i) {
        if (!Proximity.robotToVase(state, i, margin)) {
            return false;
        }
        poseRobot(state);
        poseVase(state, i);
        boolean bySphere = collide(sphereContacts[i], SPHERE, FIRST_VASE_SHAPE + i);
        boolean byBox = collide(boxContacts[i], BOX, FIRST_VASE_SHAPE + i);
        return bySphere || byBox;
    }

    private boolean touchEachOther(State state, int i, int j) {
        if (!Proximity.vaseToVase(state, i, j, margin)) {
            return false;
        }
        poseVase(state, i);
        poseVase(state, j);
        if (vaseContactCount == vaseContacts.size()) {
            vaseContacts.add(new PolygonContact(pool));
        }
        PolygonContact contact = vaseContacts.get(vaseContactCount);
        contact.init(vaseBox(i), vaseBox(j));
        boolean touch = collide(contact, FIRST_VASE_SHAPE + i, FIRST_VASE_SHAPE + j);
        vaseContactCount += touch ? 1 : 0;
        return touch;
    }

    private boolean collide(Contact contact, int firstShape, int secondShape) {
        Transform a = contact.m_fixtureA.getBody().m_xf;
        Transform b = contact.m_fixtureB.getBody().m_xf;
        contact.evaluate(contact.m_manifold, a, b);
        boolean touch = contact.m_manifold.pointCount > 0;
        if (touch) {
            touching.add(contact, firstShape, secondShape);
        }
        return touch;
    }

    private void poseRobot(State state) {
        if (!isPosed[ROBOT]) {
            pose(ROBOT, 0, 0, state.heading);
        }
    }

    /** Relative to the robot, which keeps float32 exact where it matters. */
    private void poseVase(State state, int i) {
        if (!isPosed[1 + i]) {
            pose(1 + i, state.vaseX[i] - state.x, state.vaseY[i] - state.y, state.vaseHeading[i]);
        }
    }

    private void pose(int body, double x, double y, double heading) {
        isPosed[body] = true;
        float angle = (float) (heading - FULL_TURN * Math.rint(heading / FULL_TURN));
        Transform pose = bodies[body].m_xf;
        pose.p.set((float) (SCALE * x), (float) (SCALE * y));
        pose.q.set(angle);
        Transform.mulToOutUnsafe(pose, bodies[body].m_sweep.localCenter, positions[body].c);
        positions[body].a = angle;
    }

    private void load(State state, Candidates candidates) {
        if (isPosed[ROBOT]) {
            robotSin = Trigonometry.sin(state.heading);
            robotCos = Trigonometry.cos(state.heading);
            // The engine's velocity is that of the centre of mass.
            double turning = PointRobot.COM_AHEAD * state.yawRate;
            setVelocity(
                    ROBOT,
                    state.vx - turning * robotSin,
                    state.vy + turning * robotCos,
                    state.yawRate);
        }
        for (int k = 0; k < candidates.count; k++) {
            int i = candidates.vases[k];
            if (isPosed[1 + i]) {
                setVelocity(1 + i, state.vaseVx[i], state.vaseVy[i], state.vaseYawRate[i]);
            }
        }
    }

    private void setVelocity(int body, double vx, double vy, double yawRate) {
        velocities[body].v.set((float) (SCALE * vx), (float) (SCALE * vy));
        velocities[body].w = (float) yawRate;
    }

    private void solve() {
        solverDef.contacts = touching.order();
        solverDef.count = touching.count();
        solver.init(solverDef);
        solver.initializeVelocityConstraints();
        for (int i = 0; i < VELOCITY_ITERATIONS; i++) {
            solver.solveVelocityConstraints();
        }
    }

    private void addChanges(State state, Candidates candidates) {
        if (isPosed[ROBOT]) {
            Vec2 after = velocities[ROBOT].v;
            double turning = PointRobot.COM_AHEAD * state.yawRate;
            double dvx = change(after.x, state.vx - turning * robotSin);
            double dvy = change(after.y, state.vy + turning * robotCos);
            double dw = velocities[ROBOT].w - (float) state.yawRate;
            state.vx += dvx + PointRobot.COM_AHEAD * dw * robotSin;
            state.vy += dvy - PointRobot.COM_AHEAD * dw * robotCos;
            state.yawRate += dw;
        }
        for (int k = 0; k < candidates.count; k++) {
            int i = candidates.vases[k];
            if (isPosed[1 + i]) {
                addChange(state, i);
            }
        }
    }

    private void addChange(State state, int i) {
        Vec2 after = velocities[1 + i].v;
        double dvx = change(after.x, state.vaseVx[i]);
        double dvy = change(after.y, state.vaseVy[i]);
        state.vaseVx[i] += dvx;
        state.vaseVy[i] += dvy;
        state.vaseYawRate[i] += velocities[1 + i].w - (float) state.vaseYawRate[i];
        state.vaseKick[i] = Math.sqrt(dvx * dvx + dvy * dvy);
        if (isTouchedByRobot[i]) {
            Vase.touch(state, i, state.vaseKick[i]);
        }
    }

    /** Exactly 0 where the solver has left a velocity as it was loaded. */
    private static double change(float after, double before) {
        return (after - (float) (SCALE * before)) / SCALE;
    }
}
